using System.Text.Json;
using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Looks in the reports of a run with every kind of verdict for text that stands for a missing or impossible value.</summary>
[Category("Formats")]
public sealed partial class PlaceholderTests : TemporaryResults
{
    [Theory]
    [InlineData("change NaN %")]
    [InlineData("tolerance undefined %")]
    [InlineData("null ns")]
    [InlineData("-∞ ns")]
    public void Placeholder_TextWithoutValue_IsFound(string text) => Placeholder().IsMatch(text).Should().BeTrue();

    [Fact]
    public void Placeholder_LongerWord_IsNotFound() => Placeholder().IsMatch("annulled, nullable").Should().BeFalse();

    [Fact]
    public void WriteAll_EveryVerdict_NoTextHasAPlaceholder()
    {
        var files = Reporters.WriteAll(FigureRun.Results, Folder);
        files.Should().Contain(file => file.EndsWith(".md")).And.Contain(file => file.EndsWith(".json"));
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            Check(file, file.EndsWith(".json", StringComparison.Ordinal) ? StringsOf(text) : [text]);
        }
    }

    [Fact]
    public void AllureReporter_EveryVerdict_NoTextHasAPlaceholder()
    {
        new AllureReporter(Folder).Write(FigureRun.Results, Folder);
        foreach (var file in Directory.EnumerateFiles(Folder))
        {
            var text = File.ReadAllText(file);
            Check(file, file.EndsWith(".json", StringComparison.Ordinal) ? StringsOf(text) : [text]);
        }
    }

    [Fact]
    public void Console_EveryVerdict_NoTextHasAPlaceholder() => Check(
        "console",
        [
            ConsoleTable.Render(FigureRun.Results),
            RunSummary.LastLine(FigureRun.Results, "report.md"),
            .. FigureRun.Results.Metrics.Values.Select(ConsoleTable.Summary),
        ]);

    private static void Check(string file, IEnumerable<string> texts) =>
        texts.Where(text => Placeholder().IsMatch(text)).Should().BeEmpty($"{file} is read by people");

    /// <summary>Returns the texts of a JSON file. Its numbers and its null are for programs.</summary>
    private static IEnumerable<string> StringsOf(string json) => StringsOf(JsonDocument.Parse(json).RootElement);

    private static IEnumerable<string> StringsOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => StringsOf(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(StringsOf),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    [GeneratedRegex(@"\b(undefined|NaN|null|Infinity)\b|∞")]
    private static partial Regex Placeholder();
}
