using FluentAssertions;
using PerfTests.History;
using PerfTests.Tests.Reporting;
using PerfTests.Tests.Results;
using Xunit;

namespace PerfTests.Tests.History;

[Category("History")]
public sealed class HistoryFileTests : TemporaryResults
{
    private string FilePath => Path.Combine(Folder, "history.jsonl");

    [Fact]
    public void Add_OneRun_WritesOneLine()
    {
        HistoryFile.Add(FilePath, HistorySample.Run(0, 10));
        File.ReadAllText(FilePath).Should().Be(
            """{"time":"2026-01-01T02:00:00.000Z","commit":"000000100000000","machine":"MACHINE","values":"""
                .Replace("MACHINE", ResultsSample.Machine.Id, StringComparison.Ordinal)
            + """{"alloc/s":{"allocation_throughput/arena":[1E+08, 1.25]},"nanoseconds":{"allocation_total_time/arena":[10, 1.25]}}}"""
            + "\n");
    }

    [Fact]
    public void Add_AnyOrderOfRuns_GivesTheSameBytes()
    {
        var other = Path.Combine(Folder, "other.jsonl");
        foreach (var day in new[] { 0, 1, 2, 3 })
        {
            HistoryFile.Add(FilePath, HistorySample.Run(day, 10 + day));
        }

        foreach (var day in new[] { 3, 1, 0, 2, 1 })
        {
            HistoryFile.Add(other, HistorySample.Run(day, 10 + day));
        }

        File.ReadAllBytes(other).Should().Equal(File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void Add_JoinedLinesOfTwoHistories_GivesEachRunOnce()
    {
        HistoryFile.Add(FilePath, HistorySample.Run(2, 10));
        var joined = File.ReadAllText(FilePath);
        File.Delete(FilePath);
        HistoryFile.Add(FilePath, HistorySample.Run(1, 10));
        File.AppendAllText(FilePath, File.ReadAllText(FilePath) + joined + "\n");
        HistoryFile.Add(FilePath, HistorySample.Run(0, 10)).Select(run => run.Day).Should().Equal("2026-01-01", "2026-01-02", "2026-01-03");
    }

    [Fact]
    public void Add_MoreRunsThanKept_RemovesTheOldest()
    {
        for (var day = 0; day < HistoryFile.MaxRuns; day++)
        {
            File.AppendAllText(FilePath, Line(day));
        }

        var runs = HistoryFile.Add(FilePath, HistorySample.Run(HistoryFile.MaxRuns, 10));
        runs.Should().HaveCount(HistoryFile.MaxRuns);
        runs[0].Day.Should().Be("2026-01-02");

        string Line(int day) =>
            $"{{\"time\":\"{HistorySample.Run(day, 10).Time}\",\"commit\":\"abc1234\","
            + $"\"machine\":\"{ResultsSample.Machine.Id}\",\"values\":{{}}}}\n";
    }

    [Theory]
    [InlineData("<<<<<<< ours")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"time":"never","commit":"a","machine":"b","values":{}}""")]
    [InlineData("""{"time":"2026-01-01","commit":"a","machine":"b","values":{"ns":{"x":[]}}}""")]
    [InlineData("""{"time":"2026-01-01","commit":"a","machine":"b","values":{"ns":null}}""")]
    [InlineData("""{"time":"2026-01-01","commit":null,"machine":"b","values":{}}""")]
    public void Read_LineThatIsNoRun_ThrowsAndNamesTheLine(string line)
    {
        HistoryFile.Add(FilePath, HistorySample.Run(0, 10));
        File.AppendAllText(FilePath, line + "\n");
        FluentActions.Invoking(() => HistoryFile.Read(FilePath))
            .Should().Throw<InvalidDataException>().WithMessage("Cannot read the history *: line 2 is not a run*Remove this line.");
    }

    [Fact]
    public void Of_RunThatNoCommitContains_ReturnsTheReason()
    {
        var results = HistorySample.Results(0, 10);
        Reason(results.Metadata with { GitDirty = true }).Should().StartWith("no commit contains");
        Reason(results.Metadata with { GitCommit = null }).Should().StartWith("no commit contains");
        Reason(results.Metadata with { MachineClass = null }).Should().Contain("machine class");
        Reason(results.Metadata with { IsUntrusted = true }).Should().Contain("unusable");
        Reason(results.Metadata with { Baseline = "main" }).Should().Contain("paired");

        string Reason(PerfTests.Results.ResultsMetadata metadata)
        {
            HistoryRun.Of(results with { Metadata = metadata }, out var whyNot).Should().BeNull();
            return whyNot;
        }
    }
}
