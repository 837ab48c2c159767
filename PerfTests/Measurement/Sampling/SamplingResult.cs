namespace PerfTests.Measurement.Sampling;

/// <summary>What one process measured.</summary>
/// <param name="Subjects">A series per copy.</param>
/// <param name="CalibrationSamples">The reference loops' samples, taken beside them.</param>
internal sealed record SamplingResult(IReadOnlyList<SubjectSamples> Subjects, IReadOnlyList<CalibrationSample> CalibrationSamples)
{
    /// <summary>How long all timed chunks took together.</summary>
    public double TimedNanoseconds => Subjects.Sum(subject => subject.WallNanoseconds.Sum() * subject.OperationsPerSample);
}
