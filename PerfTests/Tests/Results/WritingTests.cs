using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Results;

[Category("Formats")]
public sealed class WritingTests : IDisposable
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    private string FilePath => Path.Combine(_folder, "results.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_DocumentWithEveryKey_IsReadBackUnchanged()
    {
        var document = ResultsSample.Document(ResultsSample.Row(s_row, workload: "trace.jsonl"));
        ResultsFile.Write(FilePath, document);
        ResultsFile.Read(FilePath).Should().BeEquivalentTo(document);
    }

    [Fact]
    public void Write_CountOfInstructions_IsReadBackWithRuntimeAndFeatures()
    {
        var row = ResultsSample.Instructions(64.25);
        ResultsFile.Write(FilePath, ResultsSample.Document(row));
        ResultsFile.Read(FilePath).Metrics[row.Name].Should().BeEquivalentTo(row);
        File.ReadAllText(FilePath).Should().Contain("\"compilation_target\"").And.Contain("\"processor_features\": \"Avx2 Sse42\"");
    }

    [Fact]
    public void Write_ValueIsNaN_ThrowsAndKeepsThePreviousFile()
    {
        var before = WriteOne();
        FluentActions.Invoking(() => ResultsFile.Write(FilePath, ResultsSample.Document(ResultsSample.Row(s_row, double.NaN))))
            .Should().Throw<Exception>();
        File.ReadAllBytes(FilePath).Should().Equal(before);
        Directory.GetFileSystemEntries(_folder).Should().Equal(FilePath);
    }

    [Fact]
    public void Write_PathIsAFolder_ThrowsAndLeavesNoFile()
    {
        var folder = Directory.CreateDirectory(FilePath).FullName;
        File.WriteAllText(Path.Combine(folder, "content"), "kept");
        FluentActions.Invoking(() => ResultsFile.Write(FilePath, ResultsSample.Document(ResultsSample.Row(s_row))))
            .Should().Throw<Exception>();
        File.ReadAllText(Path.Combine(folder, "content")).Should().Be("kept");
        Directory.GetFileSystemEntries(_folder).Should().Equal(folder);
    }

    [Fact]
    public void Write_PathBelowAFile_ThrowsAndKeepsTheFile()
    {
        var before = WriteOne();
        FluentActions.Invoking(() => ResultsFile.Write(Path.Combine(FilePath, "below-a-file.json"), ResultsSample.Document()))
            .Should().Throw<Exception>();
        File.ReadAllBytes(FilePath).Should().Equal(before);
        Directory.GetFileSystemEntries(_folder).Should().Equal(FilePath);
    }

    // On Windows a file that is open for reading cannot be replaced.
    [Fact]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    public void Write_ConcurrentWriters_LeaveACompleteFile()
    {
        const int Writers = 4, Rounds = 15;
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                ResultsFile.Write(FilePath, ResultsSample.Document(ResultsSample.Row(s_row, writer + 1)));
                ResultsFile.Read(FilePath).Metrics[s_row.Key].Value.Should().BeInRange(1, Writers);
            }
        });
        Directory.GetFileSystemEntries(_folder).Should().Equal(FilePath);
    }

    [Fact]
    public void Write_MissingFolder_CreatesIt()
    {
        var path = Path.Combine(_folder, "a", "b", "results.json");
        ResultsFile.Write(path, ResultsSample.Document(ResultsSample.Row(s_row)));
        File.Exists(path).Should().BeTrue();
    }

    private byte[] WriteOne()
    {
        ResultsFile.Write(FilePath, ResultsSample.Document(ResultsSample.Row(s_row)));
        return File.ReadAllBytes(FilePath);
    }
}
