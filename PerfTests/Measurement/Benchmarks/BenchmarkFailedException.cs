namespace PerfTests.Measurement.Benchmarks;

/// <summary>A benchmark threw or did not run, so that there is no value to judge. The row fails.</summary>
public sealed class BenchmarkFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
