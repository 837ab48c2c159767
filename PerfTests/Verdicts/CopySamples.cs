namespace PerfTests.Verdicts;

/// <summary>What one copy of one version took, in nanoseconds per operation, a figure per chunk; chunk n of all copies was taken in the same round.</summary>
/// <param name="Wall">By the monotonic clock.</param>
/// <param name="Cpu">By the thread's CPU clock.</param>
public sealed record CopySamples(IReadOnlyList<double> Wall, IReadOnlyList<double> Cpu);
