using PerfTests.Machine;

namespace PerfTests.Measurement.Sampling;

/// <summary>Samples that one process took for one plan.</summary>
/// <param name="Subjects">Samples of each layout copy.</param>
/// <param name="CalibrationSamples">Samples of the calibration loops, one per round.</param>
internal sealed record SamplingResult(IReadOnlyList<SubjectSamples> Subjects, IReadOnlyList<CalibrationSample> CalibrationSamples)
{
    /// <summary>Names of the segments that the benchmark left in <c>/dev/shm</c> or mapped.</summary>
    public IReadOnlyList<string> LeftSegments { get; init; } = [];

    /// <summary>Total time of all samples.</summary>
    public double TimedNanoseconds => Subjects.Sum(subject => subject.WallNanoseconds.Sum() * subject.OperationsPerSample);

    /// <summary>Returns this result if all of its times can have been measured.</summary>
    /// <exception cref="CannotMeasureHereException">
    /// There is no layout copy or no sample, or a time is not a finite number above zero.
    /// </exception>
    public SamplingResult RequirePossible()
    {
        var isPossible = Subjects.Count > 0
            && Subjects.All(copy => MeasuredTime.ArePossible(copy.WallNanoseconds) && MeasuredTime.ArePossible(copy.CpuNanoseconds))
            && MeasuredTime.ArePossible([.. CalibrationSamples.Select(sample => sample.SerialNanoseconds)])
            && MeasuredTime.ArePossible([.. CalibrationSamples.Select(sample => sample.ParallelNanoseconds)]);
        return isPossible ? this : throw new CannotMeasureHereException(
            "a clock of this machine gave a time that is not above zero, or no sample was taken; run again");
    }
}
