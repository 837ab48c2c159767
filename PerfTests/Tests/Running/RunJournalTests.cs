using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Results;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests the journal, a file to which each row is appended when it ends, so that a killed run keeps its ended rows.</summary>
[Category("Running")]
public sealed class RunJournalTests : IDisposable
{
    private static readonly MetricResult s_result = ResultsSample.Row(Catalogue.Row("allocation_total_time", Allocators.Arena));
    private static readonly NotMeasured s_lack = new("segment_map_time(shm)", NotMeasuredOutcome.Lacking, "needs 65 MiB");
    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    private string ResultsPath => Path.Combine(_folder, "results.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_JournalOfKilledRun_ReturnsEndedRowsMarkedInterrupted()
    {
        Write();
        var read = RunJournal.Read(RunJournal.PathBeside(ResultsPath));
        read.Metrics[s_result.Name].Value.Should().Be(s_result.Value);
        read.NotMeasured!["segment_map_time"].Should().Be(s_lack);
        read.Metadata.RowsEnded.Should().Be(2);
        read.Metadata.IsInterrupted.Should().BeTrue();
    }

    [Fact]
    public void Read_RowsEndedInAnotherOrder_ReturnsThemInTheOrderOfTheCatalogue()
    {
        MetricRow[] rows = [.. Catalogue.Rows.Take(3)];
        using (var journal = RunJournal.Start(ResultsPath, Run()))
        {
            foreach (var row in rows.Reverse())
            {
                journal.Append(ResultsSample.Row(row));
            }
        }

        RunJournal.Read(RunJournal.PathBeside(ResultsPath)).Metrics.Keys.Should().Equal(rows.Select(row => row.Key));
    }

    [Fact]
    public void Read_IncompleteLastLine_ReturnsEarlierRows()
    {
        Write();
        var path = RunJournal.PathBeside(ResultsPath);
        File.WriteAllText(path, File.ReadAllText(path)[..^20]);
        var read = RunJournal.Read(path);
        read.Metrics.Should().ContainKey(s_result.Name);
        read.NotMeasured.Should().BeNull();
    }

    [Fact]
    public void Read_FileIsNoJournal_Throws()
    {
        File.WriteAllText(ResultsPath, "{}\n");
        FluentActions.Invoking(() => RunJournal.Read(ResultsPath)).Should().Throw<ResultsFileException>().WithMessage("*first line*");
    }

    [Fact]
    public void Start_JournalOfEarlierRunExists_ReplacesTheJournal()
    {
        Write();
        RunJournal.Start(ResultsPath, Run()).Dispose();
        RunJournal.Read(RunJournal.PathBeside(ResultsPath)).Metrics.Should().BeEmpty();
    }

    private void Write()
    {
        using var journal = RunJournal.Start(ResultsPath, Run());
        journal.Append(s_result);
        journal.Append("segment_map_time", s_lack);
    }

    private static ResultsDocument Run() =>
        ResultsSample.Document() with { Metadata = new ResultsMetadata { RowsAskedFor = 3, RowsEnded = 0 } };
}
