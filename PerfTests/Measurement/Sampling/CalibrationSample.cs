namespace PerfTests.Measurement.Sampling;

/// <summary>One sample of the two calibration loops, in nanoseconds per step.</summary>
/// <param name="SerialNanoseconds">Time of a step of the serial loop.</param>
/// <param name="ParallelNanoseconds">Time of a step of the parallel loop.</param>
internal readonly record struct CalibrationSample(double SerialNanoseconds, double ParallelNanoseconds);
