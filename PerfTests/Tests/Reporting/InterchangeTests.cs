using System.Xml.Linq;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting.Interchange;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class InterchangeTests : TemporaryResults
{
    [Fact]
    public void Write_Bencher_BoundsAreTheRangeOfTheLaunches()
    {
        var json = AllureFolderReader.Read(new BencherReporter().Write(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)), Folder)[0]);
        var measure = json.GetProperty("allocation_total_time/arena").GetProperty("latency");
        measure.GetProperty("value").GetDouble().Should().Be(10);
        measure.GetProperty("lower_value").GetDouble().Should().Be(10);
        measure.GetProperty("upper_value").GetDouble().Should().BeApproximately(10.1, 1e-9);
    }

    [Fact]
    public void Write_GithubActionBenchmark_WritesOneFileForEachDirection()
    {
        var results = SampleResults.Of(
            SampleResults.Row(Verdict.Passed, 10), SampleResults.Row(
                Verdict.Passed, 20_000, 20_000, Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm)));
        var files = new GithubActionBenchmarkReporter().Write(results, Folder);
        files.Select(file => AllureFolderReader.Read(file).EnumerateArray().Single().Text("unit")).Should().Equal("ns", "GB/s");
    }

    [Fact]
    public void Write_JUnit_MarksRegressedAndSkippedRows()
    {
        var results = SampleResults.Of(
            SampleResults.Row(Verdict.Regressed, 13), SampleResults.Row(
                Verdict.Inconclusive, 20, 20, Catalogue.Row("transfer_1mb_bandwidth", Allocators.Shm)));
        var suite = XDocument.Load(new JUnitReporter().Write(results, Folder)[0]).Root!.Element("testsuite")!;
        (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value)
            .Should().Be(("2", "1", "1"));
        var cases = suite.Elements("testcase").ToDictionary(test => test.Attribute("name")!.Value, test => test.Elements().Single());
        cases["allocation_total_time(allocator: arena)"].Name.LocalName.Should().Be("failure");
        cases["allocation_total_time(allocator: arena)"].Attribute("message")!.Value.Should().Be("Regressed: it became slower");
        cases["transfer_1mb_bandwidth(allocator: shm)"].Name.LocalName.Should().Be("skipped");
    }

    [Fact]
    public void Write_OtavaLineOfSameRunExists_ReplacesTheLine()
    {
        var first = SampleResults.Of(SampleResults.Row(Verdict.Passed, 10));
        var second = SampleResults.Of(
            SampleResults.Row(Verdict.Passed, 11), SampleResults.Unknown("b")) with
        { Timestamp = SampleResults.Time.AddDays(1) };
        foreach (var run in new[] { second, first, second })
        {
            new OtavaReporter().Write(run, Folder);
        }

        File.ReadAllText(Path.Combine(Folder, "otava.csv")).Should().Be("""
            time,commit,allocation_total_time/arena,b
            2026-01-28T12:34:56.000Z,abc1234,10,
            2026-01-29T12:34:56.000Z,abc1234,11,12.5

            """);
    }

    [Fact]
    public void Write_OtavaByConcurrentRuns_KeepsOneLineForEachRun()
    {
        const int Runs = 24;
        var results = SampleResults.Of(SampleResults.Row(Verdict.Passed, 10));
        Parallel.For(0, Runs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, run =>
            new OtavaReporter().Write(results with { Timestamp = SampleResults.Time.AddDays(run) }, Folder));
        File.ReadAllLines(Path.Combine(Folder, "otava.csv")).Should().HaveCount(1 + Runs);
    }
}
