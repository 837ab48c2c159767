using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>
/// Renders one run that has every kind of verdict and every kind of baseline in all reports, and reads the values back. All reports must
/// show the same base, candidate, change and limit of a row.
/// </summary>
[Category("Formats")]
public sealed partial class OneSetOfFiguresTests : TemporaryResults
{
    private const string None = "-";

    public static TheoryData<string> Rows => [.. FigureRun.Expected.Keys];

    [Fact]
    public void Run_OfTheseTests_HasEveryVerdictSourceAndDecider()
    {
        var figures = FigureRun.Results.Metrics.Values.Select(RowFigures.Of).ToArray();
        FigureRun.Results.Metrics.Values.Select(row => row.Judgement!.Verdict).Should().Contain(Enum.GetValues<Verdict>());
        figures.Select(row => row.Source).Should().Contain(Enum.GetValues<FigureSource>());
        figures.Select(row => row.Decider).Should().Contain(Enum.GetValues<FigureDecider>());
        FigureRun.Results.Metrics.Keys.Should().BeEquivalentTo(FigureRun.Expected.Keys);
    }

    [Theory, MemberData(nameof(Rows))]
    public void Console_AnyRow_ShowsTheValues(string key)
    {
        var line = ConsoleTable.Render(FigureRun.Results).Split('\n').Select(text => ColumnGap().Split(text.Trim()))
            .Single(cells => cells[0] == key);
        Shown.OfCells(line[1..5]).Should().Be(FigureRun.Expected[key]);
        ConsoleTable.Summary(FigureRun.Results.Metrics[key]).Should().ContainAll(FigureRun.Expected[key].InSentence);
    }

    [Theory, MemberData(nameof(Rows))]
    public void Comment_AnyRow_ShowsTheValues(string key)
    {
        var lines = MarkdownReporter.Render(FigureRun.Results).Split('\n').Where(line => line.StartsWith('|')).Select(Cells).ToArray();
        Shown.OfCells(lines.Last(cells => cells[0] == $"`{key}`")[1..5]).Should().Be(FigureRun.Expected[key]);
        if (FigureRun.Results.Metrics[key].Judgement!.Verdict == Verdict.Regressed)
        {
            Shown.OfCells(lines.Single(cells => cells[0] == $"`{RowTitle.Of(FigureRun.Results.Metrics[key])}`")[1..5])
                .Should().Be(FigureRun.Expected[key]);
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void LastLineAndText_RegressedRow_ShowTheValues(string key)
    {
        var label = TestIdentity.Find(key)?.Label ?? key;
        if (FigureRun.Results.Metrics[key].Judgement!.Verdict == Verdict.Regressed)
        {
            var named = RunSummary.LastLine(FigureRun.Results, "report.md").Split("; run again")[0].Split(label)[1];
            named.Should().ContainAll(FigureRun.Expected[key].InSentence);
            var line = ComparisonTextReporter.Render(FigureRun.Results).Split('\n').Select(text => ColumnGap().Split(text.Trim()))
                .Single(cells => cells[0] == key);
            Shown.OfCells(line[1..5]).Should().Be(FigureRun.Expected[key]);
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Allure_AnyRow_ShowsTheValues(string key)
    {
        var row = FigureRun.Results.Metrics[key];
        new AllureReporter(Folder).Write(FigureRun.Results, Folder);
        var result = AllureFolderReader.Results(Folder).Single(one => one.Text("name") == TestIdentity.Of(row).DisplayName);
        string Parameter(string name) => result.Items("parameters").FirstOrDefault(one => one.Text("name") == name)
            is { ValueKind: JsonValueKind.Object } parameter ? parameter.Text("value") : None;
        Shown.OfCells([Parameter("baseline"), Parameter("measured"), Parameter("change"), Parameter("limit")])
            .Should().Be(FigureRun.Expected[key]);
        var attachment = result.Items("attachments").Single(one => one.Text("name") == "Measurement").Text("source");
        OfJson(AllureFolderReader.Read(Path.Combine(Folder, attachment)), "changePercent", "limitPercent", "limitAmount")
            .Should().Be(FigureRun.Expected[key]);
    }

    [Theory, MemberData(nameof(Rows))]
    public void ResultsFile_AnyRow_HoldsTheValues(string key)
    {
        var path = Path.Combine(Folder, "results.json");
        ResultsFile.Write(path, FigureRun.Results);
        OfJson(AllureFolderReader.Read(path).GetProperty("metrics").GetProperty(key), "change_percent", "limit_percent", "limit_amount")
            .Should().Be(FigureRun.Expected[key]);
        RowFigures.Of(ResultsFile.Read(path).Metrics[key]).Should().Be(RowFigures.Of(FigureRun.Results.Metrics[key]));
    }

    /// <summary>Formats the numbers of a JSON file independently of the reports.</summary>
    private static Shown OfJson(JsonElement row, string change, string limit, string amount)
    {
        var figures = row.GetProperty("figures");
        var unit = MetricUnit.ByName[figures.Text("unit")];
        double? Number(string name) => figures.TryGetProperty(name, out var number) ? number.GetDouble() : null;
        var bound = figures.Text("decider") == "bound" ? Number(amount) : null;
        var candidate = figures.GetProperty("candidate").GetDouble();
        var like = Math.Max(candidate, Number("base") ?? 0);
        return new Shown(
            Number("base") is { } value ? ValueText.Format(value, unit, like) : None,
            ValueText.Format(candidate, unit, like),
            Number(change) is { } percent ? percent.ToString("+0.0' %';-0.0' %';0.0' %'", CultureInfo.InvariantCulture) : None,
            bound is { } one ? ValueText.FormatLimit(one, unit)
            : Number(limit) is { } most ? most.ToString("0.##' %'", CultureInfo.InvariantCulture) : None);
    }

    private static string[] Cells(string line) => line.Trim('|').Split('|', StringSplitOptions.TrimEntries);

    [GeneratedRegex(" {2,}")]
    private static partial Regex ColumnGap();
}
