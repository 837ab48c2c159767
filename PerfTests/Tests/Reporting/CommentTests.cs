using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests the comment on a merge request: what a reader sees before unfolding anything.</summary>
[Category("Formats")]
public sealed class CommentTests
{
    [Fact]
    public void Render_GreenRun_ShowsOneLine() =>
        Visible(SampleResults.Of(
            SampleResults.Row(Verdict.Passed, 10.6),
            SampleResults.Row(Verdict.Passed, 20, 20, Catalogue.Row("block_size_time", Allocators.Arena))))
            .Should().Be("<!-- perf-suite -->\n**✅ PASSED 2 of 2**: nothing beyond noise\n\n\n");

    [Fact]
    public void Render_GreenRunWithImprovement_NamesItsNumberAndFoldsTheRow()
    {
        var results = SampleResults.Of(SampleResults.Row(Verdict.Improved, 8));
        Visible(results).Should().Be("<!-- perf-suite -->\n**✅ PASSED 1 of 1**, 1 improved\n\n\n");
        MarkdownReporter.Render(results).Should().Contain("<summary>Rows that improved</summary>");
    }

    [Fact]
    public void Render_RegressedRow_ShowsValuesVersionsReasonAndCommand()
    {
        var counted = FigureRun.Results.Metrics["instructions_per_operation/arena/find"];
        var timed = FigureRun.Results.Metrics[Catalogue.Metric("block_find_time").Rows[0].Key];
        var regressed = timed with { Judgement = timed.Judgement! with { Verdict = Verdict.Regressed } };
        var passed = counted with { Judgement = counted.Judgement! with { Verdict = Verdict.Passed } };
        Visible(SampleResults.Of(regressed, passed)).Should().Be(
            """
            <!-- perf-suite -->
            **❌ REGRESSED 1 of 2**

            | row | baseline | measured | change | limit |
            |---|--:|--:|--:|--:|
            | `Finding the block that contains an address, arena` | 10.0 ns | 12.0 ns | **+20.0 %** | 3 % |

            Compared: baseline 4202181; this run abc1234

            - `Finding the block that contains an address, arena`: paired with `4202181` in 4 fresh processes
              - why: `17.2 instructions -> 19.2 instructions (+11.6 %): ShmArena.Find +2.0`
              - measure again: `dotnet test --filter "DisplayName=block_find_time\(allocator: arena\)" -e PERF_BASE=4202181`


            """);
    }

    [Fact]
    public void Render_RowNotJudged_NamesTheReasonOnce()
    {
        var row = SampleResults.Row(Verdict.NotComparable, 10, baseline: null);
        var results = SampleResults.Of(row with { Judgement = row.Judgement! with { Reason = "there is no baseline" } });
        Visible(results).Should()
            .Contain("**⚠️ 1 of 1 row NOT JUDGED**\n\n- ⚠️ `NOT JUDGED: allocation_total_time(arena): there is no baseline`\n")
            .And.NotContain("noise");
    }

    [Fact]
    public void Render_AnyRun_HasNoEmptyTableOrSection()
    {
        foreach (var results in new[] { SampleResults.Of(), FigureRun.Results, SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)) })
        {
            MarkdownReporter.Render(results).Should().NotMatchRegex(@"\n\|[-:|]+\|\n(?!\|)|</summary>\n\n\n")
                .And.NotContainEquivalentOf("worst");
        }
    }

    private static string Visible(ResultsDocument results) => MarkdownReporter.Render(results).Split("<details>")[0];
}
