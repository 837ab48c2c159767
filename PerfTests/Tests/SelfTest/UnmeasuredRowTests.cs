using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.SelfTest;
using PerfTests.SelfTest.Coverage;
using PerfTests.Tests.Measurement;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.SelfTest;

/// <summary>Tests that a row without a value does not end a self-test, and that the report names the row.</summary>
[Category("SelfTest")]
public sealed class UnmeasuredRowTests
{
    private const string Lack = "needs 9 MiB of /dev/shm, 1 MiB free";

    private static readonly DateTimeOffset s_time = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly MetricRow s_row = Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, 100);
    private static readonly MetricRow s_large = s_row with { NeedsOfCopy = new RowNeeds { SharedMemoryBytes = 1L << 50 } };

    [Fact]
    public void Attempt_RowNeedsMoreThanTheMachineHas_DoesNotStartTheWork()
    {
        var hasStarted = false;
        var why = UnmeasuredRow.Attempt(s_large, () => hasStarted = true);
        hasStarted.Should().BeFalse("a full /dev/shm would end the process by SIGBUS");
        why!.HasFailed.Should().BeFalse();
        why.Reason.Should().Contain("/dev/shm");
    }

    [Fact]
    public void Attempt_BenchmarkFails_ReturnsItsMessage() =>
        UnmeasuredRow.Attempt(s_row, () => throw new BenchmarkFailedException("planned\n   at Some.Method"))!
            .FirstLine.Should().Be("planned");

    [Fact]
    public void Attempt_ResourceMissingDuringTheWork_IsNotAFailure() =>
        UnmeasuredRow.Attempt(s_row, () => throw new InvalidOperationException("outer", new CannotMeasureHereException(Lack)))
            .Should().Be(new UnmeasuredRow(Lack, HasFailed: false));

    [Fact]
    public void Run_RowNeedsMoreThanTheMachineHas_NamesTheRowAndGoesOn()
    {
        var messages = new List<string>();
        using var versions = new SelfTestVersions(messages.Add);
        var stored = new Lazy<StoredValues>(() => StoredValues.Measure([s_large]));
        var trials = new SelfTestTrials(SettingsFile.Read(), [s_large], isWaiting: false, versions, stored, messages.Add);
        trials.Run(trials: 2, plantEvery: 0, DateTimeOffset.MaxValue);
        trials.Tallies.Should().ContainSingle().Which.Unmeasured!.Reason.Should().Contain("/dev/shm");
        messages.Should().HaveCount(3, "the reason is printed once, and each trial prints its result");
        messages[0].Should().Contain($"{s_large.Label}: not measured here: needs ");
        SelfTestRule.FindFault(trials.Tallies).Should().StartWith("No trial ended, because this machine lacks").And.Contain("/dev/shm");
    }

    [Fact]
    public void Measure_RowNeedsMoreThanTheMachineHas_LeavesTheRowOut()
    {
        var stored = StoredValues.Measure([s_large]);
        stored.Launches.Should().BeEmpty();
        stored.Unmeasured[s_large].HasFailed.Should().BeFalse();
    }

    [Fact]
    public void Render_RowsWithoutValues_ListsThemWithTheirReasons()
    {
        var failed = Tally("segment_create_time", new UnmeasuredRow("the benchmark threw", HasFailed: true));
        failed.Equal.Add(Verdict.Passed, 0);
        RowTally[] tallies = [failed, Tally("segment_dispose_time", new UnmeasuredRow(Lack, HasFailed: false))];
        var text = SelfTestReport.Render("as the machine is", tallies, "some-machine", s_time, s_time, s_time);
        text.Should().Contain("## Failed benchmarks\n\n- segment_create_time(shm): the benchmark threw (1 other trial ended ")
            .And.Contain($"## Rows that were not measured here\n\n- segment_dispose_time(shm): {Lack}\n")
            .And.Contain("| segment_create_time(shm) |").And.NotContain("| segment_dispose_time(shm) |");
    }

    [Fact]
    public void FindFault_BenchmarkFailed_NamesTheRow()
    {
        var failed = Tally("segment_create_time", new UnmeasuredRow("the benchmark threw", HasFailed: true));
        failed.Equal.Add(Verdict.Passed, 0);
        SelfTestRule.FindFault([failed]).Should().Be("1 benchmark failed: segment_create_time(shm): the benchmark threw");
    }

    [Fact]
    public void FindFault_SomeRowsNotMeasuredHere_IsNull()
    {
        var measured = new RowTally(s_row, new Tolerance(3, 0));
        measured.Equal.Add(Verdict.Passed, 0);
        SelfTestRule.FindFault([measured, Tally("segment_create_time", new UnmeasuredRow(Lack, HasFailed: false))]).Should().BeNull();
    }

    [Fact]
    public void FindFault_BenchmarkFailedDuringCoverage_NamesTheRow()
    {
        var unmeasured = new Dictionary<MetricRow, UnmeasuredRow> { [s_row] = new("the benchmark threw", HasFailed: true) };
        CoverageRule.FindFault(new CoverageResult([], [], [], unmeasured, TriedEachRow: false))
            .Should().Contain($"{s_row.Label}: the benchmark threw");
    }

    [Fact]
    public void Profile_BenchmarkThrows_ThrowsBenchmarkFailedException()
    {
        var failing = s_row with
        {
            Scenario = new ScenarioReference(typeof(FailingScenario), nameof(FailingScenario.Run)),
            Parameters = [new RowParameter("place", 2)],
        };
        FluentActions.Invoking(() => new RowProfiler(TestExecutable.Folder, TestExecutable.Folder, []).Profile(failing))
            .Should().Throw<BenchmarkFailedException>().WithMessage($"*{FailingScenario.Message}*");
    }

    private static RowTally Tally(string metric, UnmeasuredRow why) =>
        new(Catalogue.Row(metric, Allocators.Shm), new Tolerance(6, 60)) { Unmeasured = why };
}
