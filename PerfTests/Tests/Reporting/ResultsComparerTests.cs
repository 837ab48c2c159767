using System.Text.Json;
using FluentAssertions;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Metrics;
using PerfTests.Metrics.Scenarios;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;
using PerfTests.Tests.Measurement;
using PerfTests.Verdicts;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>
/// Reads BenchmarkDotNet's full JSON with the input model of ResultsComparer (dotnet/performance). The model has each
/// benchmark's full name, and the nanoseconds per operation of the measurements in stage "Result".
/// </summary>
[Category("Formats")]
public sealed class ResultsComparerTests : TemporaryResults
{
    [Fact]
    public void Write_FullJson_IsReadByTheInputModel()
    {
        var row = SampleResults.Row(Verdict.Passed, 10);
        var run = BenchmarkHost.Run(Plans.Of<FailingScenario>(nameof(FailingScenario.Run), "Place"));
        var benchmark = Read(Write(row, BenchmarkReport.Of(run.Summary)).Single()).Benchmarks.Should().ContainSingle().Which;
        benchmark.FullName.Should().Contain(nameof(FailingScenario));
        benchmark.Statistics.Median.Should().BePositive();
        benchmark.Measurements.Where(one => one.IterationStage == "Result").Select(one => one.Nanoseconds / one.Operations)
            .Should().HaveCountGreaterThan(1).And.OnlyContain(time => time > 0);
    }

    [Fact]
    public void Write_PairedRow_WritesTheJsonOfTheFreshProcess()
    {
        using var pool = new LaunchPool();
        var measurer = new RowMeasurer(pool, new RowLog());
        measurer.MeasurePaired(
            Catalogue.Row("lookup_linear_scan_time", Allocators.Shm, 1),
            LibraryVersion.WorkingTree,
            LibraryVersion.WorkingTree,
            processNumber: 0);
        var benchmark = Read(Write(SampleResults.Row(Verdict.Passed, 10), measurer.Log.Report!).Single()).Benchmarks.Single();
        benchmark.FullName.Should().Contain(nameof(LinearScanScenario));
        benchmark.Measurements.Where(one => one.IterationStage == "Result").Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void Write_FilesOfAnEarlierRunExist_RemovesThem()
    {
        var earlier = Write(SampleResults.Unknown("gone"), new BenchmarkReport(string.Empty, "{}")).Single();
        var other = Path.Combine(Path.GetDirectoryName(earlier)!, "notes.txt");
        File.WriteAllText(other, "kept");
        var now = Write(SampleResults.Row(Verdict.Passed, 10), new BenchmarkReport(string.Empty, "{}")).Single();
        Directory.GetFiles(Path.GetDirectoryName(earlier)!).Should().BeEquivalentTo(now, other);
    }

    private IReadOnlyList<string> Write(MetricResult row, BenchmarkReport report) =>
        new BenchmarkDotNetReporter(new Dictionary<string, string> { [row.Name] = report.FullJson }).Write(SampleResults.Of(row), Folder);

    private static BdnResult Read(string file) => JsonSerializer.Deserialize<BdnResult>(File.ReadAllText(file))!;

    private sealed record BdnResult(string Title, IReadOnlyList<Benchmark> Benchmarks);

    private sealed record Benchmark(string FullName, Statistics Statistics, IReadOnlyList<Measured> Measurements);

    private sealed record Statistics(int N, double Median);

    private sealed record Measured(string IterationStage, long Operations, double Nanoseconds);
}
