namespace PerfTests.Verdicts;

/// <summary>Samples of one layout copy, in nanoseconds per operation; sample n of every copy is from the same round.</summary>
/// <param name="Wall">Times by the monotonic clock.</param>
/// <param name="Cpu">Times by the thread's CPU clock.</param>
public sealed record CopySamples(IReadOnlyList<double> Wall, IReadOnlyList<double> Cpu);
