namespace PerfTests.Model;

/// <summary>
/// Values of a launch (one process's measurement of a row) that verdicts compare. Each value is the smallest batch median.
/// </summary>
/// <param name="RowNanoseconds">Time per operation of the row, when nothing disturbs it.</param>
/// <param name="CalibrationNanoseconds">
/// Time per iteration of the serial calibration loop beside the row. This time shows how fast the machine was.
/// </param>
/// <param name="ParallelCalibrationNanoseconds">
/// Time per iteration of the parallel calibration loop, which also slows down when the physical core is shared; null in
/// baselines that are older than this loop.
/// </param>
public readonly record struct LaunchMinima(
    double RowNanoseconds, double CalibrationNanoseconds, double? ParallelCalibrationNanoseconds = null)
{
    /// <summary>True if all values can have been measured.</summary>
    public bool IsPossible => MeasuredTime.IsPossible(RowNanoseconds) && MeasuredTime.IsPossible(CalibrationNanoseconds)
        && MeasuredTime.IsPossible(ParallelCalibrationNanoseconds ?? 1);
}
