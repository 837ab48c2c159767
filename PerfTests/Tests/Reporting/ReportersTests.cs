using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Tests.Results;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>Tests writing all reports where one of them cannot be written.</summary>
[Category("Formats")]
public sealed class ReportersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    public ReportersTests() => Directory.CreateDirectory(Path.Combine(_folder, "report.md", "in the way"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WriteAll_OneReportCannotBeWritten_WritesTheOthers()
    {
        var errors = new List<Exception>();
        var written = Write(errors.Add).Select(Path.GetFileName);
        errors.Should().ContainSingle().Which.Message.Should().Contain("report.md");
        written.Should().Contain("metrics.txt").And.Contain("otava.csv").And.NotContain("report.md");
    }

    [Fact]
    public void WriteAll_OneReportCannotBeWrittenAndNobodyReceivesTheError_Throws() =>
        FluentActions.Invoking(() => Write(null)).Should().Throw<Exception>().WithMessage("*report.md*");

    private IReadOnlyList<string> Write(Action<Exception>? onFailure) => Reporters.WriteAll(
        ResultsSample.Document(ResultsSample.Row(Catalogue.Row("allocation_total_time", Allocators.Arena))), _folder, onFailure);
}
