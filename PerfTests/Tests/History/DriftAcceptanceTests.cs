using System.Text.Json.Nodes;
using FluentAssertions;
using PerfTests.History;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Commands;
using PerfTests.Tests.Reporting;
using PerfTests.Tests.Results;
using Xunit;

namespace PerfTests.Tests.History;

/// <summary>Tests that an accepted regression does not fail the verb, and that nothing else passes because of it.</summary>
[Category("History")]
public sealed class DriftAcceptanceTests : TemporaryResults
{
    private const string Reason = "the address is checked now";

    private readonly VerbConsole _console = new();

    private string FilePath => Path.Combine(Folder, "history.jsonl");

    private string BaselinePath => Path.Combine(Folder, $"{ResultsSample.Machine.Id}.json");

    [Fact]
    public void Drift_StepThatABaselineAccepts_ExitCodeIsZeroAndReasonIsShown()
    {
        Write(HistorySample.Step(10, 11));
        Accept(10, 11);
        Drift().Should().Be(0);
        _console.Output.Should().StartWith("Drift: no row became worse in the last 14 days, 2 changes were accepted; 2 change points")
            .And.Contain("worse, accepted: allocation_total_time(arena) +10.0 % (")
            .And.Contain($"; accepted at 000000b, by a.person: {Reason}");
        File.ReadAllText(Path.Combine(Folder, "drift.md"))
            .Should().Contain($"worse, accepted; accepted at 000000b, by `a.person`: `{Reason}` |");
        var points = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "change-points.json")))!["changePoints"]!.AsArray();
        ((string)points[1]!["accepted"]!["reason"]!, (double)points[1]!["accepted"]!["value"]!).Should().Be((Reason, 11));
    }

    [Fact]
    public void Drift_AcceptedRegressionIsTheAnchorOfALaterValue_ExitCodeIsZero()
    {
        Write(HistorySample.Step(10, 11));
        Accept(10, 11, stored => stored with
        {
            Provenance = new Provenance { GitCommit = "abc", Timestamp = stored.Provenance!.Timestamp.AddDays(3) },
            Anchor = new Anchor { Value = stored.Value, Launches = stored.Launches, Provenance = stored.Provenance },
        });
        Drift().Should().Be(0);
        _console.Output.Should().Contain(Reason);
    }

    [Fact]
    public void Drift_AcceptanceSomeRunsAfterTheStep_ExitCodeIsZero()
    {
        Write(HistorySample.Step(10, 11));
        Accept(18, 11);
        Drift().Should().Be(0);
    }

    [Fact]
    public void Drift_MachineBecameSlowerSinceTheAcceptance_ComparesAtTheSameSpeed()
    {
        Write(HistorySample.Step(10, 11).Select((run, day) => day < 15 ? run : HistorySample.Run(day, 11, slower: 1.5)));
        Accept(10, 11);
        Drift().Should().Be(0);
    }

    [Fact]
    public void Drift_StepLargerThanTheAcceptedOne_ExitCodeIsOne()
    {
        Write(HistorySample.Step(10, 12));
        Accept(10, 11);
        Drift().Should().Be(1);
        _console.Output.Should().Contain("2 ROWS BECAME WORSE");
    }

    [Fact]
    public void Drift_StepLongAfterTheAcceptance_ExitCodeIsOne()
    {
        Write(HistorySample.Step(10, 11));
        Accept(5, 11);
        Drift().Should().Be(1);
    }

    [Fact]
    public void Drift_SecondStepAfterAnAcceptedOne_ExitCodeIsOne()
    {
        var later = Enumerable.Range(20, 10).Select(day => HistorySample.Run(day, 11.5 + (0.001 * (day % 3))));
        Write([.. HistorySample.Step(10, 11), .. later]);
        Accept(10, 11);
        Drift().Should().Be(1);
        _console.Output.Should().Contain("2 ROWS BECAME WORSE in the last 14 days; 4 change points");
    }

    [Fact]
    public void Drift_OneOfTwoRowsIsAccepted_ExitCodeIsOne()
    {
        Write(HistorySample.Step(10, 11));
        Accept(10, 11, stored => stored.Name == HistorySample.Row.Key ? stored : stored with { Provenance = null });
        Drift().Should().Be(1);
        _console.Output.Should().StartWith("Drift: 1 ROW BECAME WORSE in the last 14 days, 1 change was accepted");
    }

    [Fact]
    public void Drift_BaselineOfAnotherMachineClass_ExitCodeIsOne()
    {
        Write(HistorySample.Step(10, 11));
        Accept(10, 11);
        File.Move(BaselinePath, Path.Combine(Folder, "another-class.json"));
        Drift().Should().Be(1);
    }

    [Fact]
    public void Drift_BaselineLosesTheRegressionWhenTheRowImproves_HistoryStillHasIt()
    {
        Write(HistorySample.Step(10, 11).Take(10));
        Accept(10, 11);
        Add(10, 11);
        File.Delete(BaselinePath);
        for (var day = 11; day < 20; day++)
        {
            Add(day, 10.8);
        }

        Drift().Should().Be(0);
        _console.Output.Should().Contain(Reason);
    }

    [Fact]
    public void Drift_SpeedUpOfAnAcceptedRow_ExitCodeIsZero()
    {
        var ratio = SpeedUps.All.First(one => one.Slow.Kind.CanBeStored() && one.Fast.Kind.CanBeStored());
        Write(HistorySample.Step(10, 10).Select((run, day) => run with
        {
            Values = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<double>>>(run.Values)
            {
                ["nanoseconds"] = new Dictionary<string, IReadOnlyList<double>> { [ratio.Fast.Key] = [day < 10 ? 10 : 11, 1.25] },
                [MetricUnit.Ratio.Name] = new Dictionary<string, IReadOnlyList<double>> { [ratio.Key] = [day < 10 ? 1100 : 1000] },
            },
        }));
        Drift().Should().Be(1);
        Accept(10, 11, stored => stored, ResultsSample.Row(ratio.Fast, 11));
        Drift().Should().Be(0);
        _console.Output.Should().Contain($"worse, accepted: {ratio.Label}");
    }

    [Fact]
    public void Drift_UnusableBaseline_IsNamedOnceWithTheRemedyAndExitCodeIsOne()
    {
        Write(HistorySample.Step(10, 11));
        File.WriteAllText(BaselinePath, "{");
        Drift().Should().Be(1);
        _console.Output.Should().StartWith("Drift: 2 ROWS BECAME WORSE");
        _console.Error.Trim().Should().StartWith($"warning: Cannot use results file '{BaselinePath}': ")
            .And.Contain("or restore this one. This baseline is skipped").And.NotContain("\n");
    }

    [Fact]
    public void Drift_OneOfTwoBaselinesIsUnusable_OtherOneStillAccepts()
    {
        Write(HistorySample.Step(10, 11));
        Accept(10, 11);
        var damaged = Directory.CreateDirectory(Path.Combine(Folder, "damaged")).FullName;
        File.WriteAllText(Path.Combine(damaged, Path.GetFileName(BaselinePath)), "{");
        _console.Run("drift", FilePath, "--baselines", damaged, "--baselines", Folder).Should().Be(0);
        _console.Output.Should().Contain("2 changes were accepted");
    }

    [Fact]
    public void Drift_AddRunBesideAnUnusableBaseline_AddsTheRun()
    {
        File.WriteAllText(BaselinePath, "{");
        Add(0, 10);
        HistoryFile.Read(FilePath).Should().ContainSingle();
        _console.Error.Split("warning: ").Should().HaveCount(2);
    }

    private int Drift() => _console.Run("drift", FilePath, "--baselines", Folder, "--output", Folder);

    private void Add(int day, double nanoseconds)
    {
        var results = Path.Combine(Folder, "results.json");
        ResultsFile.Write(results, HistorySample.Results(day, nanoseconds));
        _console.Run("drift", FilePath, "--add", results, "--baselines", Folder).Should().Be(0);
    }

    private void Write(IEnumerable<HistoryRun> runs)
    {
        foreach (var run in runs)
        {
            HistoryFile.Add(FilePath, run);
        }
    }

    /// <summary>Writes a baseline whose rows were accepted, although they were worse.</summary>
    private void Accept(
        int day, double nanoseconds, Func<MetricResult, MetricResult>? change = null, params MetricResult[] others)
    {
        var document = HistorySample.Results(day, nanoseconds);
        var origin = new Provenance
        {
            GitCommit = document.Metadata.GitCommit,
            Timestamp = document.Timestamp,
            AcceptedDespiteRegression = Reason,
            AcceptedBy = "a.person",
        };
        ResultsFile.Write(BaselinePath, document with
        {
            Metrics = document.Metrics.Values.Concat(others).DistinctBy(row => row.Name).ToDictionary(
                row => row.Name, row => (change ?? (stored => stored))(row with { Judgement = null, Provenance = origin })),
        });
    }
}
