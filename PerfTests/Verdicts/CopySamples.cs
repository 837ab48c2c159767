namespace PerfTests.Verdicts;

/// <summary>Samples of one layout copy, in nanoseconds per operation; sample n of every copy is from the same round.</summary>
/// <param name="Wall">Times by the monotonic clock.</param>
/// <param name="Cpu">Times by the thread's CPU clock.</param>
public sealed record CopySamples(IReadOnlyList<double> Wall, IReadOnlyList<double> Cpu)
{
    /// <summary>True if there are samples by both clocks, and all of them can have been measured.</summary>
    public bool IsPossible => MeasuredTime.ArePossible(Wall) && MeasuredTime.ArePossible(Cpu);
}
