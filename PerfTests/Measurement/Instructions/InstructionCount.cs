namespace PerfTests.Measurement.Instructions;

/// <summary>Number of instructions that a benchmark ran.</summary>
/// <param name="Operations">Number of operations that ran the instructions.</param>
/// <param name="Instructions">Number of instructions of all operations together.</param>
/// <param name="ByMethod">The same number by method, such as <c>ShmArena.TryResolve</c>.</param>
internal sealed record InstructionCount(long Operations, long Instructions, IReadOnlyDictionary<string, long> ByMethod)
{
    /// <summary>Gets the number of instructions per operation.</summary>
    public double PerOperation => (double)Instructions / Operations;
}
