using BenchmarkDotNet.Reports;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Result of a BenchmarkDotNet job.</summary>
/// <param name="Samples">Raw samples of all layout copies of all sides.</param>
/// <param name="Summary">BenchmarkDotNet's summary of the first side.</param>
internal sealed record BenchmarkRun(SamplingResult Samples, Summary Summary);
