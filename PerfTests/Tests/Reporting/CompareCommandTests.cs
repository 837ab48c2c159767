using System.CommandLine;
using FluentAssertions;
using PerfTests.Commands;
using PerfTests.Results;
using PerfTests.Tests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class CompareCommandTests : TemporaryResults
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData(10, 10.5, 0)]
    [InlineData(10, 12, 1)]
    [InlineData(10, 5, 0)]
    public void Compare_ChangeBeyondTolerance_ExitCodeIsOne(double before, double after, int exitCode) =>
        Compare(Own("a.json", before), Own("b.json", after)).Should().Be(exitCode);

    [Fact]
    public void Compare_ToleranceOption_ReplacesTheDefault() =>
        Compare(Own("a.json", 10), Own("b.json", 12), "--tolerance", "50").Should().Be(0);

    [Fact]
    public void Compare_TwoFilesOfReplacedScripts_JudgesTheirRows()
    {
        Compare(Seed("a.json", "allocation_total_time", 10220), Seed("b.json", "allocation_total_time", 12220)).Should().Be(1);
        _output.ToString().Should().Contain("10.2 µs").And.Contain("12.2 µs").And.Contain("+19.6 %").And.Contain("Regressed");
    }

    [Fact]
    public void Compare_BareAndQualifiedKey_AreOneRow() =>
        Compare(Seed("a.json", "allocation_total_time", 100), Seed("b.json", "allocation_total_time/shm", 101)).Should().Be(0);

    [Fact]
    public void Compare_RowsInOneFileOnly_AreListed()
    {
        Compare(Seed("a.json", "allocation_total_time", 1), Seed("b.json", "lookup_linear_scan_time", 1)).Should().Be(3);
        _output.ToString().Should().Contain("not comparable: allocation_total_time: only the first file has it")
            .And.Contain("not comparable: lookup_linear_scan_time: only the second file has it");
        _error.ToString().Should().Contain("no row in common");
    }

    [Theory]
    [InlineData(100, 3, "only the first file has it")]
    [InlineData(200, 1, "only the first file has it")]
    [InlineData(100, 3, "in the second file its unit is \"parsecs\"", "lookup_linear_scan_time", "1, \"unit\": \"parsecs\"")]
    [InlineData(100, 3, "in the second file its value is 0", "lookup_linear_scan_time", "0, \"unit\": \"ns\"")]
    [InlineData(100, 0, "", "lookup_linear_scan_time", "1, \"unit\": \"ns\"")]
    [InlineData(100, 0, "", "lookup_linear_scan_time/shm/segments=100", "1, \"unit\": \"nanoseconds\"")]
    public void Compare_RowNotComparable_ExitCodeIsThreeUnlessAnotherRegressed(
        double after, int exitCode, string reason, string? key = null, string part = "")
    {
        var first = Write("a.json", ("allocation_total_time", "100, \"unit\": \"ns\""), ("lookup_linear_scan_time", "1, \"unit\": \"ns\""));
        var own = ("allocation_total_time", FormattableString.Invariant($"{after}, \"unit\": \"nanoseconds\""));
        var second = key is null ? Write("b.json", own) : Write("b.json", own, (key, part));
        Compare(first, second).Should().Be(exitCode);
        string[] expected = exitCode == 0 ? [] : [$"not comparable: lookup_linear_scan_time: {reason}", "1 not comparable"];
        _output.ToString().Should().ContainAll(expected.Append("before: "));
        _output.ToString().Contains("not comparable", StringComparison.Ordinal).Should().Be(exitCode > 0);
    }

    [Fact]
    public void Compare_RowUnderTwoKeysInOneFile_ExitCodeIsTwoAndErrorNamesBothKeys()
    {
        const string Part = "1, \"unit\": \"ns\"";
        var both = Write("both.json", ("allocation_total_time", Part), ("allocation_total_time/shm", Part));
        Compare(both, both).Should().Be(2);
        _error.ToString().Should().Contain("\"allocation_total_time\"").And.Contain("\"allocation_total_time/shm\"");
    }

    [Fact]
    public void Compare_ValueDiffersFromItsLaunches_RowIsNotComparable()
    {
        var before = Own("a.json", 500);
        File.WriteAllText(before, File.ReadAllText(before).Replace("\"value\": 500", "\"value\": 100", StringComparison.Ordinal));
        Compare(before, Own("b.json", 500)).Should().Be(3);
        _output.ToString().Should().Contain(
            "not comparable: allocation_total_time/arena: in the first file its value is 100 ns, and its own launches measured 500 ns");
    }

    [Fact]
    public void Compare_UnusualTimestamp_ShowsItUnchanged()
    {
        var path = Path.Combine(Folder, "a.json");
        File.WriteAllText(path, SeedJson.WithTop("\"timestamp\": \"2026-01-01 00:00:00\",", ("x", "1, \"unit\": \"ns\"")));
        Compare(path, path).Should().Be(0);
        _output.ToString().Should().Contain("a.json of 2026-01-01 00:00:00, commit unknown");
    }

    [Fact]
    public void Compare_FilesOfDifferentMachineClasses_ExitCodeIsThree()
    {
        Compare(Own("a.json", 10), Own("b.json", 20, "other-machine")).Should().Be(3);
        _error.ToString().Should().Contain("other-machine");
    }

    [Theory]
    [InlineData("compare", "missing.json", "missing.json")]
    [InlineData("compare", "one.json")]
    [InlineData("compare", "a", "b", "--tolerance", "-1")]
    [InlineData("report", "missing.json")]
    public void Run_UnusableInput_ExitCodeIsTwoAndErrorGivesTheReason(params string[] arguments)
    {
        Run(arguments).Should().Be(2);
        _error.ToString().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("compare", "a row is in one file only")]
    [InlineData("report", "comparison_TIME.txt")]
    public void Help_CompareOrReport_ExplainsExitCodesAndShowsAnExample(string verb, string note)
    {
        Run(verb, "--help").Should().Be(0);
        _output.ToString()
            .Should().Contain("Exit codes:\n  0  ").And.Contain($"dotnet run --project PerfTests -- {verb} ").And.Contain(note);
    }

    [Fact]
    public void Report_ResultsFile_WritesEveryFormat()
    {
        var output = Path.Combine(Folder, "again");
        Run("report", Own("a.json", 10), "--output", output).Should().Be(0);
        Directory.GetFiles(output).Select(Path.GetFileName).Should().Contain(
            [
                "report.md", "metrics.txt", "bencher.json", "benchmark-smaller-is-better.json", "benchmark-bigger-is-better.json",
                "otava.csv", "perf.prom", "junit.xml",
            ]);
        Directory.GetFiles(Path.Combine(output, "benchmarkdotnet"), "*-report-full.json").Should().ContainSingle();
        Directory.GetFiles(Path.Combine(output, "allure-results"), "*-result.json").Should().ContainSingle();
    }

    private int Compare(string before, string after, params string[] options) => Run(["compare", before, after, .. options]);

    private int Run(params string[] arguments) => Verbs.Run(arguments, new InvocationConfiguration { Output = _output, Error = _error });

    private string Own(string name, double nanoseconds, string machine = "some-machine")
    {
        var path = Path.Combine(Folder, name);
        var document = SampleResults.Of(SampleResults.Row(Verdict.Passed, nanoseconds));
        ResultsFile.Write(path, document with { Metadata = document.Metadata with { MachineClass = machine } });
        return path;
    }

    private string Write(string name, params (string Key, string Part)[] rows)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, SeedJson.Of(rows));
        return path;
    }

    private string Seed(string name, string metric, double value)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, FormattableString.Invariant(
            $$"""
            { "timestamp": "2026-01-28T12:34:56",
              "metrics": { "{{metric}}": { "name": "{{metric}}", "value": {{value}}, "unit": "nanoseconds" } },
              "metadata": { "git_commit": "abc" } }
            """));
        return path;
    }
}
