using PerfTests.Planting.Operations;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Slowdowns of one operation, and the rows that saw them.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Nanoseconds">The operation's own time, in nanoseconds; not a number if no row calls the operation.</param>
/// <param name="Slowdowns">Trials of each size; none if no row calls the operation.</param>
internal sealed record OperationCoverage(Operation Operation, double Nanoseconds, IReadOnlyList<OperationSlowdown> Slowdowns)
{
    /// <summary>True if a row saw the slowdown of this size.</summary>
    /// <param name="size">Rule that set the size.</param>
    /// <param name="maxAttempts">Largest number of pairs until the row saw it.</param>
    public bool IsSeen(SlowdownSize size, int maxAttempts = int.MaxValue) => Slowdowns
        .Where(slowdown => slowdown.Size == size)
        .SelectMany(slowdown => slowdown.Trials)
        .Any(trial => trial.IsSeen && trial.Attempts <= maxAttempts);
}
