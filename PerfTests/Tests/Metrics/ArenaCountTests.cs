using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Metrics.Exact;
using PerfTests.Metrics.Traces;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Verdicts;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Metrics;

[Category("Catalogue")]
public sealed class ArenaCountTests
{
    [Theory]
    [InlineData(0.8801, Verdict.Passed, "Passed: arena_utilisation(arena, half) 0.8801 of the capacity, must be at least 0.880 of the capacity; exact, of a made-up arena")]
    [InlineData(0.88, Verdict.Passed, "*0.88 of the capacity*")]
    [InlineData(0.8799, Verdict.Regressed, "Regressed: arena_utilisation(arena, half) 0.8799 of the capacity, must be at least 0.880 of the capacity; exact, of a made-up arena")]
    public void What_is_used_may_not_be_less_than_its_bound(double value, Verdict verdict, string message) =>
        Judge(Utilisation(value)).Should().Match<JudgementResult>(judgement => judgement.Verdict == verdict && judgement.BaselineValue == 0.88)
            .And.Subject.As<JudgementResult>().Message.Should().Match(message);

    [Theory]
    [InlineData(0.5, Verdict.Passed, "Passed: arena_fragmentation(arena, half) 0.5 of free memory, must be at most 0.500 of free memory; *")]
    [InlineData(0.5001, Verdict.Regressed, "Regressed: arena_fragmentation(arena, half) 0.5001 of free memory, must be at most 0.500 of free memory; *")]
    public void What_cannot_be_used_may_not_be_more_than_its_bound(double value, Verdict verdict, string message)
    {
        JudgementResult judgement = Judge(new ArenaCount(ArenaCount.Fragmentation, "half", "", MetricUnit.UnusableRatio, 0.5, () => (value, "of a made-up arena")));
        judgement.Verdict.Should().Be(verdict);
        judgement.Message.Should().Match(message);
    }

    [Fact]
    public void A_version_that_lacks_what_is_called_to_count_is_told_from_a_failure()
    {
        var count = new ArenaCount(ArenaCount.PageFaults, "half", "", MetricUnit.PageFaults, 0, CallNewThing);
        var other = new LibraryVersion(AppContext.BaseDirectory, "another build");
        FluentActions.Invoking(() => ArenaCountCheck.Run(count, other, "")).Should().Throw<MissingApiException>().WithMessage("*NewThing*");
        FluentActions.Invoking(() => ArenaCountCheck.Run(count, LibraryVersion.WorkingTree, "")).Should().Throw<MissingMethodException>("the suite's own libraries have what it calls");
    }

    /// <summary>Counts what a version of the libraries cannot.</summary>
    public static (double Value, string Detail) CallNewThing() => throw new MissingMethodException(typeof(ArenaCountTests).FullName, "NewThing");

    [Fact]
    public void One_page_fault_in_many_operations_is_a_regression()
    {
        JudgementResult judgement = Judge(new ArenaCount(ArenaCount.PageFaults, "half", "", MetricUnit.PageFaults, 0, () => (0.0001, "1 in 10,000 operations")));
        judgement.Verdict.Should().Be(Verdict.Regressed);
        judgement.Message.Should().Be("Regressed: page_faults_per_operation(arena, half) 0.0001 page faults, must be none; exact, 1 in 10,000 operations");
    }

    [Fact]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    public void Another_version_counts_in_its_own_libraries()
    {
        Requires.ArenaMetadata(ArenaUtilisation.CapacityBytes, blockCount: 10_000);

        // The same build from another folder: loaded once more, it counts the same.
        ArenaCount count = ArenaCounts.Utilisation.Single(count => count.Of == "trace_replay");
        var elsewhere = new LibraryVersion(Path.GetDirectoryName(typeof(ArenaCountTests).Assembly.Location)! + Path.DirectorySeparatorChar, "elsewhere");
        ArenaCountCheck.Run(count, elsewhere, "w").Value.Should().Be(ArenaCountCheck.Run(count, LibraryVersion.WorkingTree, "w").Value);
    }

    [Fact]
    public void A_row_that_replays_another_trace_has_a_key_of_its_own_and_says_which()
    {
        ArenaCount count = Utilisation(1) with { ReadsTrace = true };
        MetricResult other = ArenaCountCheck.Run(count, LibraryVersion.WorkingTree, "mine-12345678");
        other.Name.Should().Be("arena_utilisation/arena/half/trace=mine-12345678");
        other.Workload.Should().Be("mine-12345678");
        ArenaCountCheck.Run(count, LibraryVersion.WorkingTree, TraceIdentity.Shipped).Name.Should().Be("arena_utilisation/arena/half");
        ArenaCountCheck.Run(Utilisation(1), LibraryVersion.WorkingTree, "mine-12345678").Should().Match<MetricResult>(figure => figure.Name == "arena_utilisation/arena/half" && figure.Workload == null);
    }

    [Fact]
    public void A_row_that_replays_another_trace_has_the_labels_of_its_row()
    {
        MetricResult other = ArenaCountCheck.Run(ArenaCounts.Utilisation[^1] with { Counting = () => (0.75, "") }, LibraryVersion.WorkingTree, "mine-12345678");
        OpenMetricsReporter.Render(DocumentOf(other)).Should().Contain("perf_arena_utilisation_ratio{allocator=\"arena\",of=\"trace_replay\"} 0.75\n");
    }

    [Fact]
    public void Reports_show_the_bound_and_round_the_figure()
    {
        MetricResult figure = ArenaCountCheck.Run(ArenaCounts.Utilisation[0] with { Counting = () => (0.88871234, "the worst") }, LibraryVersion.WorkingTree, "w");
        ResultsDocument document = DocumentOf(figure);
        OpenMetricsReporter.Render(document).Should().Contain("perf_arena_utilisation_ratio{allocator=\"arena\",of=\"uniform_sizes\"} 0.889\n");
        ConsoleTable.Render(document).Should().MatchRegex("arena_utilisation/arena/uniform_sizes +0.889 of the capacity +>= 0.880 of the capacity +- +Passed");
        MarkdownReporter.Render(document).Should().Contain("| 0.889 of the capacity | at least 0.880 of the capacity | - | Passed |");
        new AllureRow(figure).Expected.Should().Be("at least 0.880 of the capacity");
        MetricResult worse = figure with { Value = 0.87 };
        ComparedRow.Of("k", figure, worse, new Tolerance(10, 0)).Verdict.Should().Be(Verdict.Regressed);
        ComparedRow.Of("k", worse, figure, new Tolerance(10, 0)).Verdict.Should().Be(Verdict.Improved);
        ComparedRow.Of("k", figure, figure with { Value = 0.88869 }, new Tolerance(10, 0)).Verdict.Should().Be(Verdict.Passed);
    }

    private static ResultsDocument DocumentOf(MetricResult figure) =>
        new() { Metrics = new Dictionary<string, MetricResult> { [figure.Name] = figure }, Metadata = new ResultsMetadata() };

    private static ArenaCount Utilisation(double value) =>
        new(ArenaCount.Utilisation, "half", "", MetricUnit.UsedRatio, 0.88, () => (value, "of a made-up arena"));

    private static JudgementResult Judge(ArenaCount count) => ArenaCountCheck.Run(count, LibraryVersion.WorkingTree, "w").Judgement!;
}
