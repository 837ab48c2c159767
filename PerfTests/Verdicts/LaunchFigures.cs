namespace PerfTests.Verdicts;

/// <summary>What a verdict needs to know of one process's measurement.</summary>
/// <param name="FloorNanoseconds">The smallest block median, per operation.</param>
/// <param name="ReferenceNanoseconds">The smallest block median of the reference loop beside it.</param>
public readonly record struct LaunchFigures(double FloorNanoseconds, double ReferenceNanoseconds);
