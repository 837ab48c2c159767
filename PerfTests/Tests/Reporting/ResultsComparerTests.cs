using System.Text.Json;
using FluentAssertions;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Reporting.Interchange;
using PerfTests.Tests.Measurement;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>
/// BenchmarkDotNet's full JSON as dotnet/performance's ResultsComparer reads it: of each benchmark the full name, and
/// the nanoseconds per operation of the measurements of the stage "Result".
/// </summary>
[Trait("Category", "Formats")]
public sealed class ResultsComparerTests : TemporaryResults
{
    [Fact]
    public void ItsInputModelReadsWhatIsWritten()
    {
        var figure = SampleResults.Row(Verdict.Passed, 10);
        var run = BenchmarkHost.Run(Plans.Of<FailingScenario>(nameof(FailingScenario.Run), "Place"));
        var reporter = new BenchmarkDotNetReporter(new Dictionary<string, BenchmarkDotNet.Reports.Summary> { [figure.Name] = run.Summary });
        var text = File.ReadAllText(reporter.Write(SampleResults.Of(figure), Folder).Single());

        var read = JsonSerializer.Deserialize<BdnResult>(text)!;
        var benchmark = read.Benchmarks.Should().ContainSingle().Which;
        benchmark.FullName.Should().Contain(nameof(FailingScenario));
        benchmark.Statistics.Median.Should().BePositive();
        benchmark.Measurements.Where(one => one.IterationStage == "Result").Select(one => one.Nanoseconds / one.Operations)
            .Should().HaveCountGreaterThan(1).And.OnlyContain(time => time > 0);
    }

    private sealed record BdnResult(string Title, IReadOnlyList<Benchmark> Benchmarks);

    private sealed record Benchmark(string FullName, Statistics Statistics, IReadOnlyList<Measured> Measurements);

    private sealed record Statistics(int N, double Median);

    private sealed record Measured(string IterationStage, long Operations, double Nanoseconds);
}
