using FluentAssertions;
using PerfTests.Commands;
using PerfTests.Tests.Reporting;
using Xunit;

namespace PerfTests.Tests.Commands;

[Category("Commands")]
public sealed class CoverageTestResultTests : TemporaryResults
{
    [Theory]
    [InlineData(null, "passed")]
    [InlineData("No row saw a slowdown of 20 % of A.", "failed")]
    public void Write_CoverageRun_ResultHasTheTableAndTheFault(string? fault, string status)
    {
        CoverageTestResult.Write(Folder, null, "| operation |", "an earlier fault", DateTimeOffset.UnixEpoch);
        CoverageTestResult.Write(Folder, null, "| A |", fault, DateTimeOffset.UnixEpoch);

        var result = AllureFolderReader.Results(Folder).Should().ContainSingle("a run replaces the result of an earlier one").Subject;
        result.Text("status").Should().Be(status);
        (result.TryGetProperty("statusDetails", out var details) ? details.Text("message") : null).Should().Be(fault);
        var table = result.Items("attachments").Single();
        table.Text("name").Should().Be("Operations");
        File.ReadAllText(Path.Combine(Folder, table.Text("source"))).Should().Be("| A |");
    }

    [Fact]
    public void Write_PartOfTheOperations_KeepsTheResultOfTheWholeRun()
    {
        CoverageTestResult.Write(Folder, null, "| A |", "No row saw a slowdown of 20 % of A.", DateTimeOffset.UnixEpoch);
        CoverageTestResult.Write(Folder, "part 2 of 10", "| B |", null, DateTimeOffset.UnixEpoch);

        AllureFolderReader.Results(Folder).Select(result => (result.Text("name"), result.Text("status"))).Should().BeEquivalentTo(
            [("A row sees a slowdown of each public operation", "failed"),
             ("A row sees a slowdown of each public operation (part 2 of 10)", "passed")]);
    }
}
