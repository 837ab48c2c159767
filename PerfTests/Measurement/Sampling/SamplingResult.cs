namespace PerfTests.Measurement.Sampling;

/// <summary>What one process measured.</summary>
/// <param name="Subjects">A series per copy.</param>
/// <param name="ReferenceNanoseconds">The reference loop's samples, taken beside them.</param>
internal sealed record SamplingResult(IReadOnlyList<SubjectSamples> Subjects, IReadOnlyList<double> ReferenceNanoseconds);
