using System.Globalization;
using FluentAssertions;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class OtavaTests : TemporaryResults
{
    private string Table => File.ReadAllText(Path.Combine(Folder, "otava.csv"));

    [Fact]
    public void Write_LineOfSameRunExists_ReplacesTheLine()
    {
        var first = Run(0, SampleResults.Row(Verdict.Passed, 10));
        var second = Run(1, SampleResults.Row(Verdict.Passed, 11));
        Write(second, first, second);
        Table.Should().Be("""
            time,commit,allocation_total_time/arena
            2026-01-28T12:34:56.000Z,abc1234,10
            2026-01-29T12:34:56.000Z,abc1234,11

            """);
    }

    [Fact]
    public void Write_RunsOfSomeRows_FillsGapsFromTheRunBeforeOrAfter()
    {
        Write(
            Run(0, SampleResults.Row(Verdict.Passed, 10)),
            Run(1, SampleResults.Unknown("b")),
            Run(2, SampleResults.Row(Verdict.Passed, 12), SampleResults.Unknown("b")));
        Table.Should().Be("""
            time,commit,allocation_total_time/arena,b
            2026-01-28T12:34:56.000Z,abc1234,10,12.5
            2026-01-29T12:34:56.000Z,abc1234,10,12.5
            2026-01-30T12:34:56.000Z,abc1234,12,12.5

            """);
    }

    [Fact]
    public void Import_TableOfPartialRuns_ReadsEveryColumn()
    {
        var machine = new SyntheticMachine(seed: 3);
        for (var day = 0; day < 6; day++)
        {
            var whole = machine.Run();
            var rows = whole.Metrics.Values.Where((_, index) => day % 2 == 0 ? index > 5 : index % 7 == day).ToArray();
            Write(Run(day, rows));
        }

        var columns = Table.Split('\n')[0].Split(',')[2..];
        columns.Should().HaveCountGreaterThan(100);
        columns.Should().AllSatisfy(column => Import(column).Should().HaveCount(6));
    }

    [Theory]
    [InlineData("time,commit,a\n2026-01-01T00:00:00.000Z,c,\n")]
    [InlineData("time,commit,a\n2026-01-01T00:00:00.000Z,c,NaN\n2026-01-02T00:00:00.000Z\n")]
    [InlineData("time,commit,a,\n,,,\n2026-01-01T00:00:00.000Z,,oops,1\n")]
    [InlineData("")]
    public void Write_TableOfAnEarlierVersion_IsImportable(string before)
    {
        File.WriteAllText(Path.Combine(Folder, "otava.csv"), before);
        Write(Run(0, SampleResults.Row(Verdict.Passed, 10)));
        foreach (var column in Table.Split('\n')[0].Split(',')[2..])
        {
            Import(column).Should().NotBeEmpty();
        }
    }

    [Fact]
    public void Write_ByConcurrentRuns_KeepsOneLineForEachRun()
    {
        const int Runs = 24;
        var eight = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        Parallel.For(0, Runs, eight, run => Write(Run(run, SampleResults.Row(Verdict.Passed, 10))));
        Table.TrimEnd('\n').Split('\n').Should().HaveCount(1 + Runs);
    }

    /// <summary>
    /// Reads a column as Otava's CSV importer does: each line has at least as many cells as the header, the time can be parsed, and the
    /// value is a number.
    /// </summary>
    private List<double> Import(string column)
    {
        var lines = Table.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToArray();
        var index = Array.IndexOf(lines[0], column);
        lines.Should().OnlyContain(line => line.Length >= lines[0].Length);
        foreach (var line in lines[1..])
        {
            DateTimeOffset.Parse(line[0], CultureInfo.InvariantCulture).Year.Should().Be(2026);
            line[1].Should().NotBeEmpty();
        }

        return [.. lines[1..].Select(line => double.Parse(line[index], CultureInfo.InvariantCulture))];
    }

    private void Write(params ResultsDocument[] runs)
    {
        foreach (var run in runs)
        {
            new OtavaReporter().Write(run, Folder);
        }
    }

    private static ResultsDocument Run(int day, params MetricResult[] rows) =>
        SampleResults.Of(rows) with { Timestamp = SampleResults.Time.AddDays(day) };
}
