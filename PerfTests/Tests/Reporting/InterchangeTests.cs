using System.Text.Json;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class InterchangeTests : TemporaryResults
{
    /// <summary>Ratio to the previous commit above which github-action-benchmark alerts.</summary>
    private const double AlertThreshold = 1.1;

    private readonly SyntheticMachine _machine = new(seed: 4);

    [Fact]
    public void Write_Bencher_BoundsAreTheRangeOfTheLaunches()
    {
        var row = Bencher(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)))["allocation_total_time/arena"];
        var measure = row.GetProperty("latency");
        measure.GetProperty("value").GetDouble().Should().Be(10);
        measure.GetProperty("lower_value").GetDouble().Should().Be(10);
        measure.GetProperty("upper_value").GetDouble().Should().BeApproximately(10.1, 1e-9);
    }

    [Fact]
    public void Write_BencherOfAllRows_EachMeasureIsWithinItsBounds()
    {
        var rows = Bencher(_machine.Run());
        rows.Should().HaveCountGreaterThan(100);
        rows.Values.Select(row => row.EnumerateObject().Single().Value).Should().OnlyContain(measure =>
            measure.GetProperty("lower_value").GetDouble() <= measure.GetProperty("value").GetDouble()
            && measure.GetProperty("value").GetDouble() <= measure.GetProperty("upper_value").GetDouble());
    }

    [Fact]
    public void Write_BencherAfterTheMachineSlowedDown_HasTheSameValue()
    {
        var row = SampleResults.Row(Verdict.Passed, 10);
        var slower = row with { Value = 2 * row.Value, Launches = [.. row.Launches!.Select(Slower)] };
        Bencher(SampleResults.Of(slower))[row.Name].GetProperty("latency").GetProperty("value").GetDouble().Should().Be(10);

        static LaunchResult Slower(LaunchResult launch) => launch with
        {
            MinimumNanoseconds = 2 * launch.MinimumNanoseconds,
            CalibrationNanoseconds = 2 * launch.CalibrationNanoseconds,
        };
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
    public void Alerts_UnchangedCode_AreNone()
    {
        var rows = Benches(_machine.Run());
        rows.Should().HaveCountGreaterThan(100).And.OnlyContain(row => row.Range.StartsWith("± ", StringComparison.Ordinal));
        for (var run = 0; run < 10; run++)
        {
            Alerts(rows, Benches(_machine.Run())).Should().BeEmpty();
        }
    }

    [Fact]
    public void Alerts_SlowerRows_AreTheseRows()
    {
        string[] slower = ["allocation_total_time/arena", "allocation_throughput/arena", "transfer_1mb_bandwidth", "segment_map_time"];
        Alerts(Benches(_machine.Run()), Benches(_machine.Run(slower, 1.5))).Should().BeEquivalentTo(slower);
    }

    /// <summary>Lists the rows for which github-action-benchmark alerts, by the ratio that it computes.</summary>
    private static string[] Alerts(IReadOnlyList<Bench> before, IReadOnlyList<Bench> after)
    {
        var earlier = before.ToDictionary(row => row.Name);
        return [.. after.Where(row => Ratio(earlier[row.Name], row) > AlertThreshold).Select(row => row.Name)];

        static double Ratio(Bench before, Bench after) => (before.Value, after.Value) switch
        {
            (0, 0) => 1,
            var (old, now) => before.IsBiggerBetter ? old / now : now / old,
        };
    }

    private Bench[] Benches(ResultsDocument results) =>
    [
        .. new GithubActionBenchmarkReporter().Write(results, Folder).SelectMany((file, index) => AllureFolderReader.Read(file)
            .EnumerateArray()
            .Select(row => new Bench(row.Text("name"), row.GetProperty("value").GetDouble(), row.Text("range"), index == 1))),
    ];

    private Dictionary<string, JsonElement> Bencher(ResultsDocument results) =>
        AllureFolderReader.Read(new BencherReporter().Write(results, Folder)[0])
            .EnumerateObject().ToDictionary(row => row.Name, row => row.Value);

    private sealed record Bench(string Name, double Value, string Range, bool IsBiggerBetter);
}
