using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Versions;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests of the commands in messages and reports that measure rows again.</summary>
[Category("Reporting")]
public sealed class ReproductionCommandTests : TemporaryResults
{
    private const string Row = "dotnet test --filter \"DisplayName=allocation_total_time\\(allocator: arena\\)\"";

    private static readonly Setting[] s_comparison =
        [Setting.Base, Setting.Candidate, Setting.Baseline, Setting.KeptBaselines, Setting.Trace];

    /// <summary>Settings that change neither what is measured nor what it is compared with.</summary>
    private static readonly Setting[] s_others =
    [
        Setting.Output, Setting.Strict, Setting.UpdateBaseline, Setting.UpdateReason, Setting.UpdateBy, Setting.LockFolder,
        Setting.CacheFolder,
    ];

    [Fact]
    public void Settings_EachOne_EitherChangesTheComparisonOrNot() =>
        Setting.All.Select(setting => setting.Name).Should().BeEquivalentTo(
            s_comparison.Concat(s_others).Select(setting => setting.Name), "a new setting belongs in one of the two lists");

    [Theory]
    [InlineData(true, "PERF_BASE=a PERF_CANDIDATE=a PERF_TRACE=a")]
    [InlineData(false, "PERF_BASELINE=a PERF_KEPT_BASELINES=a PERF_TRACE=a")]
    public void Commands_EverySettingIsSet_HaveThoseThatChangeTheComparison(bool isPaired, string options)
    {
        using var variables = new VariableScope(
            [.. Setting.All.Select(setting => (setting.Name, isPaired || setting != Setting.Base ? "a" : null))]);
        var run = SampleResults.Of(SampleResults.Row(Verdict.Regressed, 13.1));
        run = run with { Metadata = RunDocument.WithSettings(run.Metadata) };
        foreach (var text in Texts(run))
        {
            var line = text.Split('\n').Single(line => line.Contains("dotnet test", StringComparison.Ordinal));
            Options(line).Should().Equal(options.Split(' '));
        }
    }

    [Theory]
    [InlineData("fa50aa4", null, " -e PERF_BASE=fa50aa4")]
    [InlineData("fa50aa4", "baselines/a.json", "")]
    [InlineData("my builds/a;b", null, " -e \"PERF_BASE=my builds/a;b\"")]
    public void Of_RowPairedWithoutASetting_NamesTheVersion(string paired, string? baselineFile, string option) =>
        ReproductionCommand.Of(new ResultsMetadata(), Paired(paired, baselineFile)).Should().Be(Row + option);

    [Theory]
    [InlineData("$(touch x)")]
    [InlineData("a\"b")]
    [InlineData("a\nb")]
    public void Of_SettingThatAShellMisreads_GivesNoCommand(string version) =>
        ReproductionCommand.Of(new ResultsMetadata { Baseline = "a", Candidate = version }, Paired("a", null)).Should().BeNull();

    [Fact]
    public void Of_OnlySomeRowsWerePaired_NamesNoVersion()
    {
        var stored = SampleResults.Row(Verdict.Regressed, 12, row: Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, 100));
        ReproductionCommand.Of(new ResultsMetadata(), [Paired("fa50aa4", null), stored], []).Should().NotContain("PERF_BASE");
        ReproductionCommand.Of(new ResultsMetadata { Baseline = "main" }, [Paired("fa50aa4", null), stored], [])
            .Should().EndWith(" -e PERF_BASE=main");
    }

    /// <summary>Returns every text that contains a command: comment, comparison, last line, Allure's description.</summary>
    private IEnumerable<string> Texts(ResultsDocument run)
    {
        var (comment, row) = (MarkdownReporter.Render(run), run.Metrics.Values.Single());
        var allRows = comment.IndexOf("- measure all rows again", StringComparison.Ordinal);
        new AllureReporter(Folder).Write(run, Folder);
        return
        [
            comment[..allRows], comment[allRows..], ComparisonTextReporter.Render(run), RunSummary.LastLine(run, "report.md"),
            AllureFolderReader.Results(Folder).Single().Text("description"), new AllureRow(row).Describe(run.Metadata),
        ];
    }

    private static IEnumerable<string> Options(string line) =>
        line.Split(' ', ';', '`').Where(word => word.StartsWith("PERF_", StringComparison.Ordinal));

    private static MetricResult Paired(string version, string? baselineFile)
    {
        var row = SampleResults.Row(Verdict.Regressed, 13.1);
        return row with
        {
            Judgement = row.Judgement! with
            {
                BaselineFile = baselineFile,
                Paired = new PairedResult
                {
                    Baseline = version,
                    Processes = 2,
                    MinimaPercent = 31,
                    PairsPercent = 31,
                    ControlMinimaPercent = 0,
                    ControlPairsPercent = 0,
                    MinimaNanoseconds = 3.1,
                },
            },
        };
    }
}
