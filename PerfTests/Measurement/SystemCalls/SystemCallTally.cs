namespace PerfTests.Measurement.SystemCalls;

/// <summary>How often a thread called the kernel, and for what.</summary>
/// <param name="Operations">The operations that did it.</param>
/// <param name="Calls">The number of calls of all of them together, by name.</param>
internal sealed record SystemCallTally(long Operations, IReadOnlyDictionary<string, long> Calls)
{
    /// <summary>Calls of one operation.</summary>
    public double PerOperation => (double)Calls.Values.Sum() / Operations;

    /// <summary>For messages: <c>openat 1, mmap 1</c>, per operation.</summary>
    public string Text => string.Join(", ", Calls.Select(call => FormattableString.Invariant($"{call.Key} {(double)call.Value / Operations:0.###}")));
}
