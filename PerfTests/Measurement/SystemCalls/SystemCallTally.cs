namespace PerfTests.Measurement.SystemCalls;

/// <summary>Number of system calls that a thread made, by name.</summary>
/// <param name="Operations">Number of operations that made the calls.</param>
/// <param name="Calls">Number of calls of all operations together, by name of the call.</param>
internal sealed record SystemCallTally(long Operations, IReadOnlyDictionary<string, long> Calls)
{
    /// <summary>Number of calls per operation.</summary>
    public double PerOperation => (double)Calls.Values.Sum() / Operations;

    /// <summary>Calls per operation as text for messages, such as <c>openat 1, mmap 1</c>.</summary>
    public string Text => string.Join(
        ", ", Calls.Select(call => FormattableString.Invariant($"{call.Key} {(double)call.Value / Operations:0.###}")));
}
