using BenchmarkDotNet.Reports;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>What a job measured.</summary>
/// <param name="Samples">The raw samples of every copy.</param>
/// <param name="Summary">BenchmarkDotNet's own view of the first side.</param>
internal sealed record BenchmarkRun(SamplingResult Samples, Summary Summary);
