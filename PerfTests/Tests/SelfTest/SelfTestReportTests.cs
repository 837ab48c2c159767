using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.SelfTest;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.SelfTest;

[Category("SelfTest")]
public sealed class SelfTestReportTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Render_TrialsOfEachKind_CountsVerdictsWithBounds()
    {
        var tally = new RowTally(Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, 100), new Tolerance(3, 0));
        Add(tally.Equal, 299, Verdict.Passed, 0.4);
        Add(tally.Equal, 1, Verdict.Regressed, 3.2);
        Add(tally.Slowed, 20, Verdict.Regressed, 4.9);
        Add(tally.SourceSlowed, 2, Verdict.Regressed, 21);
        Add(tally.StoredUnchanged, 10, Verdict.Passed, 0.1);
        Add(tally.StoredSlowed, 10, Verdict.Regressed, 9.7);
        var text = SelfTestReport.Render(
            "as the machine is", [tally], "some-machine", s_start.AddHours(-1), s_start, s_start.AddMinutes(30));
        text.Should().Contain("| lookup_arithmetic_time(arena, segments=100) | 1 in 300 (below 1.57 %) | 0 | 0 | +3.2 % ")
            .And.Contain("| +3.2 % | +5 % | 20 of 20 (above 86.1 %) | +4.9 % |")
            .And.Contain("one more instruction in the address lookup").And.Contain("+21.0 % to +21.0 %")
            .And.Contain("Values stored 60 to 90 minutes earlier")
            .And.Contain("| **all of kind Computing** | 0 in 10 (below 25.89 %) | | | | 10 of 10 (above 74.1 %) | |");
    }

    [Fact]
    public void Render_KindWithoutTrials_ShowsADash()
    {
        var tally = new RowTally(Catalogue.Row("segment_map_time", Allocators.Shm), new Tolerance(6, 60));
        Add(tally.Equal, 1, Verdict.Passed, 0);
        var text = SelfTestReport.Render("as the machine is", [tally], "some-machine", s_start, s_start, s_start);
        text.Should().Contain("| segment_map_time(shm) | 0 in 1 (below 95.00 %) | 0 | 0 | 0.0 % | +15 % | - |");
    }

    private static void Add(VerdictTally tally, int trials, Verdict verdict, double percent)
    {
        for (var trial = 0; trial < trials; trial++)
        {
            tally.Add(verdict, percent);
        }
    }
}
