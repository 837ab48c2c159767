using System.Text.Json;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>
/// Reads BenchmarkDotNet's full JSON with the input model of ResultsComparer (dotnet/performance), and judges two runs by its rule.
/// </summary>
[Category("Formats")]
public sealed class ResultsComparerTests : TemporaryResults
{
    /// <summary>Relative threshold of a comparison, as <c>--threshold 5%</c> sets it.</summary>
    private const double Threshold = 0.05;

    private readonly SyntheticMachine _machine = new(seed: 5);

    [Fact]
    public void Write_AllRows_AreReadByTheInputModel()
    {
        var benchmarks = Read(_machine.Run());
        benchmarks.Should().HaveCount(Catalogue.Rows.Count());
        benchmarks.Select(one => one.FullName).Should().OnlyHaveUniqueItems();
        benchmarks.Should().OnlyContain(one => one.Statistics.N == 25 && one.Statistics.Median > 0);
        benchmarks.Should().OnlyContain(one => one.Values.SequenceEqual(one.Statistics.OriginalValues));
    }

    [Fact]
    public void Compare_UnchangedCode_AllRowsAreTheSame()
    {
        for (var pair = 0; pair < 10; pair++)
        {
            Different(_machine.Run(), _machine.Run()).Should().BeEmpty();
        }
    }

    [Fact]
    public void Compare_SlowerRows_AreTheOnlyDifference()
    {
        string[] slower = ["allocation_total_time/arena", "allocation_throughput/arena", "transfer_1mb_bandwidth", "segment_map_time"];
        Different(_machine.Run(), _machine.Run(slower, 1.3)).Should().BeEquivalentTo(slower);
    }

    [Fact]
    public void Write_FilesOfAnEarlierVersionExist_RemovesThem()
    {
        var now = new BenchmarkDotNetReporter().Write(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)), Folder).Single();
        var (earlier, other) = (Path.Combine(Path.GetDirectoryName(now)!, "gone-report-full.json"), Path.Combine(Folder, "notes.txt"));
        File.WriteAllText(earlier, "{}");
        File.WriteAllText(other, "kept");
        new BenchmarkDotNetReporter().Write(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)), Folder);
        Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Should().BeEquivalentTo(now, other);
    }

    private string[] Different(ResultsDocument before, ResultsDocument after)
    {
        var diff = Read(after).ToDictionary(one => one.FullName);
        return [.. Read(before).Where(one => IsDifferent(one.Values, diff[one.FullName].Values)).Select(one => one.FullName)];
    }

    private static bool IsDifferent(double[] before, double[] after) => IsGreater(before, after) || IsGreater(after, before);

    /// <summary>Tells whether a Mann-Whitney U test with a threshold finds the first values greater, at a significance of 5 %.</summary>
    private static bool IsGreater(double[] one, double[] other)
    {
        const double OneSided = 1.645;
        var threshold = Threshold * one.Average();
        var wins = one.Sum(x => other.Sum(y => x > y + threshold ? 1 : x == y + threshold ? 0.5 : 0));
        var (n, m) = (one.Length, other.Length);
        return (wins - (n * m / 2.0)) / Math.Sqrt(n * m * (n + m + 1) / 12.0) > OneSided;
    }

    private Benchmark[] Read(ResultsDocument results)
    {
        var file = new BenchmarkDotNetReporter().Write(results, Folder).Single();
        file.Should().EndWith("full.json");
        return JsonSerializer.Deserialize<BdnResult>(File.ReadAllText(file))!.Benchmarks;
    }

    private sealed record BdnResult(string Title, Benchmark[] Benchmarks);

    private sealed record Benchmark(string FullName, Statistics Statistics, Measured[] Measurements)
    {
        public double[] Values =>
            [.. Measurements.Where(one => one.IterationStage == "Result").Select(one => one.Nanoseconds / one.Operations)];
    }

    private sealed record Statistics(int N, double Median, double[] OriginalValues);

    private sealed record Measured(string IterationStage, long Operations, double Nanoseconds);
}
