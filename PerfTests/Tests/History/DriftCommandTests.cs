using System.Text.Json.Nodes;
using FluentAssertions;
using PerfTests.History;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Commands;
using PerfTests.Tests.Reporting;
using Xunit;

namespace PerfTests.Tests.History;

[Category("History")]
public sealed class DriftCommandTests : TemporaryResults
{
    private readonly VerbConsole _console = new();

    private string FilePath => Path.Combine(Folder, "history.jsonl");

    [Fact]
    public void Drift_StepWithinTheTolerance_IsReportedAndExitCodeIsZero()
    {
        Write(HistorySample.Step(10, 10.2));
        _console.Run("drift", FilePath).Should().Be(0);
        _console.Output.Should().Contain("worse: allocation_total_time(arena) +2.0 %");
    }

    [Theory]
    [InlineData(10.5, 0)]
    [InlineData(11, 1)]
    public void Drift_RowWithOwnTolerance_UsesThatTolerance(double after, int exitCode)
    {
        // perfsettings.json gives this metric 8 % in pairs, and rows of its kind 3 %.
        Write(HistorySample.Step(Catalogue.Rows.First(row => row.MetricId == "statistics_time"), 10, after));
        _console.Run("drift", FilePath).Should().Be(exitCode);
    }

    [Fact]
    public void Drift_SlowerRowThatIsNotMeasuredAnyMore_ExitCodeIsZero()
    {
        var nothing = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<double>>>();
        var later = Enumerable.Range(40, 6).Select(day => HistorySample.Run(day, 10) with { Values = nothing });
        Write([.. HistorySample.Step(10, 11), .. later]);
        _console.Run("drift", FilePath).Should().Be(0);
    }

    [Fact]
    public void Drift_RowsBecameSlower_ExitCodeIsOneAndTheChangeIsDescribed()
    {
        Write(HistorySample.Step(10, 10.5));
        _console.Run("drift", FilePath, "--output", Folder).Should().Be(1);
        _console.Output.Should().StartWith("Drift: 2 ROWS BECAME WORSE in the last 14 days; 2 change points of 2 rows in 20 runs")
            .And.Contain("worse: allocation_total_time(arena) +5.0 % (10")
            .And.Contain("worse: allocation_throughput(arena) -4.8 % (")
            .And.Contain("000000a..000000b of 2026-01-10 to 2026-01-11");
        var points = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "change-points.json")))!["changePoints"]!.AsArray();
        points.Select(point => (string)point!["key"]!).Should().Equal("allocation_throughput/arena", "allocation_total_time/arena");
        ((bool)points[1]!["isWorse"]!, (bool)points[1]!["isRecent"]!).Should().Be((true, true));
        ((string)points[1]!["fromCommit"]!, (string)points[1]!["toTime"]!).Should().Be(("000000a00000000", "2026-01-11T02:00:00.000Z"));
        File.ReadAllText(Path.Combine(Folder, "drift.md")).Should().Contain("| `allocation_total_time(arena)` | +5.0 %, worse |");
    }

    [Fact]
    public void Drift_RowsBecameFaster_ExitCodeIsZero()
    {
        Write(HistorySample.Step(10, 9));
        _console.Run("drift", FilePath).Should().Be(0);
        _console.Output.Should().StartWith("Drift: no row became worse").And.Contain("better: allocation_total_time(arena) -10.0 %");
    }

    [Fact]
    public void Drift_SlowdownOfLastMonth_ExitCodeIsZero()
    {
        var later = Enumerable.Range(20, 20).Select(day => HistorySample.Run(day, 11 * (1 + (0.001 * (day % 3)))));
        Write([.. HistorySample.Step(10, 11), .. later]);
        _console.Run("drift", FilePath, "--output", Folder).Should().Be(0);
        _console.Output.Should().Contain("worse: allocation_total_time(arena) +9.9 % (");
        File.ReadAllText(Path.Combine(Folder, "drift.md")).Should().BeEmpty();
    }

    [Fact]
    public void Drift_MachineBecameSlower_FindsNoChange()
    {
        Write(Enumerable.Range(0, 20).Select(day => HistorySample.Run(day, 10 * (1 + (0.001 * (day % 3))), slower: day < 10 ? 1 : 1.5)));
        _console.Run("drift", FilePath).Should().Be(0);
        _console.Output.Trim().Should().EndWith("0 change points of 2 rows in 20 runs");
    }

    [Fact]
    public void Drift_AddRun_AppendsItToTheHistory()
    {
        var results = Path.Combine(Folder, "results.json");
        ResultsFile.Write(results, HistorySample.Results(0, 10));
        _console.Run("drift", FilePath, "--add", results).Should().Be(0);
        ResultsFile.Write(results, HistorySample.Results(1, 10));
        _console.Run("drift", FilePath, "--add", results).Should().Be(0);
        HistoryFile.Read(FilePath).Should().HaveCount(2);
    }

    [Fact]
    public void Drift_AddRunWithUncommittedChanges_SaysWhyItIsNotAdded()
    {
        var results = Path.Combine(Folder, "results.json");
        var document = HistorySample.Results(0, 10);
        ResultsFile.Write(results, document with { Metadata = document.Metadata with { GitDirty = true } });
        _console.Run("drift", FilePath, "--add", results).Should().Be(0);
        _console.Error.Should().Contain("not added to the history: no commit contains the code");
        File.Exists(FilePath).Should().BeFalse();
    }

    [Fact]
    public void Drift_Evaluate_PrintsARowForEachSituation()
    {
        _console.Run("drift", "--evaluate", "5", "--seed", "7").Should().Be(0);
        _console.Output.Split('\n').Count(line => line.Contains("| 5 |", StringComparison.Ordinal)).Should().Be(SyntheticSeries.All.Count);
    }

    private void Write(IEnumerable<HistoryRun> runs)
    {
        foreach (var run in runs)
        {
            HistoryFile.Add(FilePath, run);
        }
    }
}
