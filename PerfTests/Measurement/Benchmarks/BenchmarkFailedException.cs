namespace PerfTests.Measurement.Benchmarks;

/// <summary>A benchmark threw, or did not run at all: there is no figure, and no figure is never a pass.</summary>
public sealed class BenchmarkFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
