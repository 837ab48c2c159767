using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests that GitLab's metrics widget shows a row as changed only if the code changed its value.</summary>
[Category("Formats")]
public sealed class GitlabMetricsTests
{
    private const int Pairs = 10;

    private readonly SyntheticMachine _machine = new(seed: 1);

    [Fact]
    public void Widget_UnchangedCode_ShowsAtMostOneChangeInTenPairs() =>
        Enumerable.Range(0, Pairs).Sum(_ => Report(_machine.Run()).ChangesSince(Report(_machine.Run())).Count)
            .Should().BeLessThanOrEqualTo(1);

    [Theory]
    [InlineData(1.15)]
    [InlineData(2)]
    public void Widget_SlowerRows_ShowsTheseRowsAlone(double factor)
    {
        // A stored baseline cannot see 15 % in times of the kernel.
        string[] slower =
            [.. Catalogue.Rows.Where(row => row.Kind.CanBeStored()).Select(row => row.Key).Where((_, index) => index % 7 == 3)];
        var before = _machine.Run();
        var after = _machine.Run(slower, factor);
        var regressed = after.Metrics.Values.Where(row => row.Judgement!.Verdict == Verdict.Regressed).ToArray();
        regressed.Select(row => row.Name).Should().BeEquivalentTo(slower);
        Report(after).ChangesSince(Report(before)).Should().BeEquivalentTo(regressed.SelectMany(NamesOf));
    }

    [Fact]
    public void Widget_RowThatCannotBeJudged_ShowsNoChange()
    {
        var before = _machine.Run();
        var row = _machine.Run(["allocation_total_time/arena"], 1.5).Metrics["allocation_total_time/arena"];
        var after = With(before, row with { Judgement = row.Judgement! with { Verdict = Verdict.Inconclusive } });
        Report(after).ChangesSince(Report(before)).Should().BeEmpty();
    }

    [Fact]
    public void Widget_RowThatWasPairedAlone_HasTheValueOfTheStoredBaseline()
    {
        var before = _machine.Run();
        var row = _machine.Run().Metrics["lookup_arithmetic_time/arena/segments=10"];
        var paired = new JudgementResult
        {
            Verdict = Verdict.Passed,
            Message = "Passed: paired with the merge base",
            WorsePercent = 1.2,
            BaselineValue = row.Value / 1.012,
            BaselineCommit = "abc1234",
            Paired = SyntheticMachine.Pair(row, 1.2),
            StoredValueAtReferenceSpeed = row.Judgement!.StoredValueAtReferenceSpeed,
        };
        Report(With(before, row with { Judgement = paired })).ChangesSince(Report(before)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(Verdict.Passed, 1497, 1497)]
    [InlineData(Verdict.Inconclusive, 1600, 1497)]
    [InlineData(Verdict.Improved, 1400, 1400)]
    [InlineData(Verdict.Regressed, 1600, 1600)]
    public void Widget_CountJudgedWithTolerance_ChangesIfTheVerdictSaysSo(Verdict verdict, double counted, double published)
    {
        const double stored = 1497;
        var row = SampleResults.Row(verdict, counted, stored) with { Unit = "instructions" };
        row = row with { Judgement = row.Judgement! with { StoredValueAtReferenceSpeed = stored } };
        PublishedValue.SteadyOf(row).Should().Be(published);
        PublishedValue.SteadyOf(row with { Value = counted + 3 }).Should().Be(published == stored ? stored : counted + 3);
    }

    [Fact]
    public void Widget_ReportsOfTwoMachines_KeepsTheRowsOfBoth()
    {
        var one = _machine.Run();
        var other = one with { Metadata = one.Metadata with { MachineClass = "another-machine" } };
        new GitlabMetricsReport(OpenMetricsReporter.Render(one), OpenMetricsReporter.Render(other)).Names
            .Should().HaveCount(2 * Report(one).Names.Count);
    }

    [Fact]
    public void Widget_FirstRun_HasTheValuesThatTheNextRunPublishes()
    {
        var row = SampleResults.Row(Verdict.NotComparable, 10, baseline: null);
        var next = SampleResults.Row(Verdict.Passed, 10.2);
        next = next with { Judgement = next.Judgement! with { StoredValueAtReferenceSpeed = row.ValueAtReferenceSpeed } };
        Report(SampleResults.Of(next)).ChangesSince(Report(SampleResults.Of(row))).Should().BeEmpty();
    }

    [Fact]
    public void ValueAtReferenceSpeed_AcceptedRunsThatOnlyPassed_IsTheOldestValue()
    {
        var oldest = SampleResults.Row(Verdict.Passed, 10) with { Provenance = new Provenance() };
        var newest = SampleResults.Row(Verdict.Passed, 10.6);
        var stored = newest with { Anchor = Anchor.For(oldest, newest, isWorseOnPurpose: false) };
        new BaselineEntry(stored, "a.json", SampleResults.Of(stored)).ValueAtReferenceSpeed.Should().Be(10);
    }

    private static ResultsDocument With(ResultsDocument run, MetricResult row) =>
        SampleResults.Of([.. run.Metrics.Values.Where(other => other.Name != row.Name), row]);

    private static IEnumerable<string> NamesOf(MetricResult row) => Report(SampleResults.Of(row)).Names;

    private static GitlabMetricsReport Report(ResultsDocument run) => new(OpenMetricsReporter.Render(run));
}
