namespace PerfTests.Measurement.Sampling;

/// <summary>One sample of the two calibration loops, in nanoseconds per iteration.</summary>
/// <param name="SerialNanoseconds">Time of one iteration of the serial loop.</param>
/// <param name="ParallelNanoseconds">Time of one iteration of the parallel loop.</param>
internal readonly record struct CalibrationSample(double SerialNanoseconds, double ParallelNanoseconds);
