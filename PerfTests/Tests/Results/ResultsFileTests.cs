using FluentAssertions;
using PerfTests.Results;
using Xunit;

namespace PerfTests.Tests.Results;

[Category("Formats")]
public sealed class ResultsFileTests : IDisposable
{
    /// <summary>Results file of the scripts that this suite replaces (seed file).</summary>
    private const string SeedFile = """
        {
          "timestamp": "2026-01-28T12:34:56",
          "metrics": {
            "allocation_total_time": { "name": "allocation_total_time", "value": 10220.0, "unit": "nanoseconds" },
            "lookup_arithmetic_time": { "name": "lookup_arithmetic_time", "value": 5.0, "unit": "nanoseconds" }
          },
          "metadata": { "build_dir": "build", "git_commit": "abc123" }
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    private string FilePath => Path.Combine(_folder, "results.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_FileOfReplacedScripts_ReturnsItsRows()
    {
        var document = Read(SeedFile);
        document.Metrics["allocation_total_time"].Value.Should().Be(10220);
        document.Metadata.GitCommit.Should().Be("abc123");
    }

    [Fact]
    public void Write_Document_IsReadBackUnchanged()
    {
        var document = new ResultsDocument
        {
            SchemaVersion = ResultsDocument.CurrentSchemaVersion,
            Timestamp = DateTimeOffset.UnixEpoch,
            Metrics = new Dictionary<string, MetricResult>
            {
                ["allocation_total_time"] = new()
                {
                    Name = "allocation_total_time",
                    Value = 9.75,
                    Unit = "nanoseconds",
                    Direction = Direction.Lower,
                    Launches =
                    [
                        new LaunchResult
                        {
                            MinimumNanoseconds = 9.75,
                            MedianNanoseconds = 10,
                            CalibrationNanoseconds = 1,
                            SampleNanoseconds = [[9.75, 10.5], [11]],
                        },
                    ],
                },
            },
        };
        ResultsFile.Write(FilePath, document);
        ResultsFile.Read(FilePath).Should().BeEquivalentTo(document);
        Directory.GetFiles(_folder).Should().Equal([FilePath], "no temporary file is left");
        File.ReadAllText(FilePath).Should().Contain("[9.75, 10.5]");
    }

    [Theory]
    [InlineData("\"value\": 10220.0", "\"value\": NaN", "*not a results file*")]
    [InlineData("\"lookup_arithmetic_time\": {", "\"allocation_total_time\": {", "*not a results file*")]
    [InlineData("\"metadata\"", "\"schema_version\": 2, \"metadata\"", "*schema version is 2*update*")]
    [InlineData("\"metadata\"", "\"schema_version\": -1, \"metadata\"", "*schema version is -1*")]
    [InlineData("\"metadata\"", "\"schema_version\": \"1\", \"metadata\"", "*schema_version*")]
    [InlineData("\"git_commit\": \"abc123\" }", "", "*not a results file*")]
    public void Read_InvalidFileOfReplacedScripts_ErrorNamesTheFile(string part, string replacement, string message) =>
        FluentActions.Invoking(() => Read(SeedFile.Replace(part, replacement, StringComparison.Ordinal)))
            .Should().Throw<ResultsFileException>().WithMessage($"*results.json*{message}");

    [Fact]
    public void Read_MissingFile_ErrorNamesTheFile() =>
        FluentActions.Invoking(() => ResultsFile.Read(FilePath)).Should().Throw<ResultsFileException>().WithMessage("*results.json*");

    private ResultsDocument Read(string text)
    {
        File.WriteAllText(FilePath, text);
        return ResultsFile.Read(FilePath);
    }
}
