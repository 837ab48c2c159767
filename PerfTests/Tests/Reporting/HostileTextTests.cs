using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Reporting.Interchange;
using PerfTests.Reporting.Prometheus;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests that every format shows names and messages as plain text, even if they contain markup or commands.</summary>
[Category("Formats")]
public sealed partial class HostileTextTests : TemporaryResults
{
    public static TheoryData<string> Texts { get; } =
    [
        "<script>alert(1)</script>",
        "</style></svg><svg onload=\"alert(1)\">",
        "quotes \" ' ` ``` and back\\slashes",
        "line\nbreak\r\n/close\n/merge\n# HELP x y\n| a | b |",
        "a # b {c=\"d\"} 1",
        "emoji 🐎 and é and \u202e reversed",
        "control \0 \u0001 \u001b[31m \u007f \u0085 \u2028 end",
        "half \ud83d surrogate and \uffff",
        "@all !1 #2 ~label [x](javascript:alert(1)) <!-- perf-suite -->",
        "=cmd|' /C calc'!A0,\"x\",y",
        "]]> &amp; &#0; -->",
        "",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_HostileText_JsonStaysValid(string text)
    {
        string[] files =
        [
            .. new BencherReporter().Write(Results(text), Folder),
            .. new GithubActionBenchmarkReporter().Write(Results(text), Folder),
            .. new AllureReporter(Folder).Write(Results(text), Folder),
        ];
        foreach (var file in files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
        {
            FluentActions.Invoking(() => JsonDocument.Parse(File.ReadAllBytes(file)).Dispose()).Should().NotThrow(file);
        }

        files.Should().OnlyContain(file => Path.GetFullPath(file).StartsWith(Folder, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Render_HostileText_SvgHasNoForeignElements(string text)
    {
        var row = Row(text);
        var withPercentiles = row with { Launches = [row.Launches![0] with { Percentiles = new(50, 60, 100, 9_000) }] };
        CheckChart(DistributionChart.Render(row)!);
        CheckChart(PercentileChart.Render(withPercentiles)!);
    }

    private static void CheckChart(string text)
    {
        var svg = XDocument.Parse(text);
        svg.Descendants().Select(element => element.Name.LocalName).Distinct()
            .Should().BeSubsetOf(["svg", "title", "style", "rect", "line", "text", "polygon", "polyline"]);
        svg.Descendants().Attributes()
            .Should().NotContain(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_HostileText_JUnitHasNoForeignElements(string text)
    {
        var document = XDocument.Load(new JUnitReporter().Write(Results(text), Folder)[0]);
        document.Descendants().Select(element => element.Name.LocalName).Distinct()
            .Should().BeSubsetOf(["testsuites", "testsuite", "testcase", "failure"]);
        document.Descendants("testcase").Select(test => test.Attribute("name")!.Value).Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Render_HostileText_OpenMetricsStaysParsable(string text)
    {
        var lines = OpenMetricsReporter.Render(Results(text)).TrimEnd('\n').Split('\n');
        lines[^1].Should().Be("# EOF");
        lines[..^1].Should().OnlyContain(line => MetadataLine().IsMatch(line) || SampleLine().IsMatch(line));
        lines.Where(line => line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]).Should().OnlyHaveUniqueItems().And.HaveCount(6);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Render_HostileText_PrometheusTextStaysParsable(string text)
    {
        var parsed = new PrometheusText(PrometheusReporter.Render(Results(text)));
        parsed.Faults.Should().BeEmpty();
        parsed.Families.Should().Contain("perf_regressed");
        parsed.Samples.Keys.Should().OnlyContain(key => !key.Any(char.IsControl));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Render_HostileText_MarkdownShowsItAsCode(string text)
    {
        var markdown = MarkdownReporter.Render(Results(text));
        var lines = markdown.Split('\n');
        lines.Should().NotContain(line => line.TrimStart().StartsWith('/'));
        lines.Count(
            line => line.Contains(MarkdownReporter.Marker, StringComparison.Ordinal) && !line.Contains(
                '`', StringComparison.Ordinal)).Should().Be(1);
        var outside = CodeSpan().Replace(markdown, string.Empty);
        outside.Should().NotContainAny("<script", "alert", "@all", "javascript:", "onload", "\u202e", "🐎");
        Regex.Count(outside, "<details>").Should().Be(Regex.Count(outside, "</details>"));
        lines.Where(line => line.StartsWith('|')).Should().OnlyContain(line => CodeSpan().Replace(line, "x").Count(c => c == '|') >= 5);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Render_HostileText_TerminalTextHasNoControlCharacters(string text)
    {
        var (hostile, plain) = (Row(text), Row("plain"));
        var (results, usual) = (Pair(text), Pair("plain"));
        foreach (var (own, other) in new[]
        {
            (ComparisonTextReporter.Render(results), ComparisonTextReporter.Render(usual)),
            (ConsoleTable.Render(Results(text)), ConsoleTable.Render(Results("plain"))),
            (ComparisonTable.Render(Compared(hostile)), ComparisonTable.Render(Compared(plain))),
        })
        {
            own.Split('\n').Should().HaveSameCount(other.Split('\n'));
            own.EnumerateRunes().Should().NotContain(rune => rune.Value != '\n' && (Rune.IsControl(rune) || rune.Value == 0x202E));
        }

        // The hostile text is both the title of an operation and the name of its parameter, for both allocators.
        static ResultsDocument Pair(string text)
        {
            var shm = Row(text) with { Allocator = "shm", Group = MetricGroup.Allocation, Metric = text };
            var arena = shm with { Name = text + "/arena", Allocator = "arena" };
            return Results(text) with { Metrics = new OrderedDictionary<string, MetricResult> { [text] = shm, [arena.Name] = arena } };
        }

        static FileComparison Compared(MetricResult row) =>
            FileComparison.Of(SampleResults.Of(row), SampleResults.Of(row), _ => DefaultTolerances.Stored);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_HostileText_OtavaLineKeepsItsColumns(string text)
    {
        var lines = File.ReadAllLines(new OtavaReporter().Write(Results(text), Folder)[0]);
        lines.Should().HaveCount(2);
        lines[0].Split(',').Should().HaveCount(4).And.OnlyContain(column => PlainColumn().IsMatch(column));
        lines[1].Split(',').Should().HaveCount(4);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_HostileText_EachAllurePropertyStaysOneLine(string text)
    {
        new AllureReporter(Folder).Write(
            Results(text) with { Metadata = new ResultsMetadata { MachineClass = text, GitCommit = text, Runtime = text } }, Folder);
        File.ReadAllLines(Path.Combine(Folder, "environment.properties"))
            .Should().HaveCount(4).And.OnlyContain(line => line.All(c => c >= ' ' && c <= '~'));
    }

    private static ResultsDocument Results(string text) => SampleResults.Of(Row(text), SampleResults.Row(Verdict.Passed, 10)) with
    {
        Metadata = new ResultsMetadata { MachineClass = text, GitCommit = text, Runtime = text },
    };

    private static MetricResult Row(string text) => SampleResults.Unknown(text, title: text, message: text, allocator: text);

    [GeneratedRegex(@"^# (HELP|TYPE|UNIT) [a-zA-Z_][a-zA-Z0-9_]* [^\\""\n]*$")]
    private static partial Regex MetadataLine();

    [GeneratedRegex(
        @"^[a-zA-Z_][a-zA-Z0-9_]*(\{[a-zA-Z][a-zA-Z0-9_]*=""[^""\\# ]*"""
        + @"(,[a-zA-Z][a-zA-Z0-9_]*=""[^""\\# ]*"")*\})? -?[0-9.]+$")]
    private static partial Regex SampleLine();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_/=.]*$")]
    private static partial Regex PlainColumn();
}
