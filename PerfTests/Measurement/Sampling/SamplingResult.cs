namespace PerfTests.Measurement.Sampling;

/// <summary>Samples that one process took for one plan.</summary>
/// <param name="Subjects">Samples of each layout copy.</param>
/// <param name="CalibrationSamples">Samples of the calibration loops, one per round.</param>
internal sealed record SamplingResult(IReadOnlyList<SubjectSamples> Subjects, IReadOnlyList<CalibrationSample> CalibrationSamples)
{
    /// <summary>Total time of all samples.</summary>
    public double TimedNanoseconds => Subjects.Sum(subject => subject.WallNanoseconds.Sum() * subject.OperationsPerSample);
}
