namespace PerfTests.Verdicts;

/// <summary>What a verdict needs to know of one process's measurement.</summary>
/// <param name="FloorNanoseconds">The smallest block median, per operation.</param>
/// <param name="ReferenceNanoseconds">The smallest block median of the reference loop beside it.</param>
/// <param name="ParallelReferenceNanoseconds">The same of the loop that also feels work on the same physical core; null where an older baseline does not have it.</param>
public readonly record struct LaunchFigures(double FloorNanoseconds, double ReferenceNanoseconds, double? ParallelReferenceNanoseconds = null);
