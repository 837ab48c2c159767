namespace PerfTests.Measurement.Sampling;

/// <summary>One sample of the reference loops.</summary>
/// <param name="SerialNanoseconds">A step of the dependent chain.</param>
/// <param name="ParallelNanoseconds">A step of the loop that keeps many instructions in flight.</param>
internal readonly record struct CalibrationSample(double SerialNanoseconds, double ParallelNanoseconds);
