namespace PerfTests.Model;

/// <summary>Part of one process's measurement of a row that verdicts compare; each value is the smallest batch median.</summary>
/// <param name="RowNanoseconds">Time per operation: what the code takes when nothing disturbs it.</param>
/// <param name="CalibrationNanoseconds">Time per step of the calibration loop, measured beside the row: how fast the machine was.</param>
/// <param name="ParallelCalibrationNanoseconds">
/// Time per step of the calibration loop that also slows down when the physical core is shared; null in baselines that predate it.
/// </param>
public readonly record struct LaunchMinima(
    double RowNanoseconds, double CalibrationNanoseconds, double? ParallelCalibrationNanoseconds = null);
