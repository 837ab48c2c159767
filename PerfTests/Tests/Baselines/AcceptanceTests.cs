using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Baselines;

[Trait("Category", "Baselines")]
public sealed class AcceptanceTests : IDisposable
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private static readonly MetricRow s_other = Catalogue.Row("allocation_throughput", Allocators.Arena);

    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    private string FilePath => Path.Combine(_folder, "accepted.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ARunBecomesABaselineWithoutItsJudgements()
    {
        Accept(ResultsSample.Figure(s_row, 10));
        var baseline = ResultsFile.Read(FilePath);
        baseline.Metrics[s_row.Key].Judgement.Should().BeNull();
        baseline.Metrics[s_row.Key].Launches.Should().HaveCount(1);
        baseline.Metadata.GitCommit.Should().Be("abc1234def");
        baseline.Metadata.AcceptedDespiteRegression.Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void ARunThatRegressedIsRefusedWithoutAReason(string? reason)
    {
        Accept(ResultsSample.Figure(s_row, 10));
        var before = File.ReadAllBytes(FilePath);
        FluentActions.Invoking(() => Accept(reason, ResultsSample.Figure(s_row, 20, Verdict.Regressed), ResultsSample.Figure(s_other)))
            .Should().Throw<AcceptanceException>().WithMessage($"*regressed ({s_row.Key})*accepted.json*reason*");
        File.ReadAllBytes(FilePath).Should().Equal(before);
    }

    [Fact]
    public void TheReasonIsKeptWithTheRowsThatRegressed()
    {
        Accept("checksums cost this", ResultsSample.Figure(s_row, 20, Verdict.Regressed), ResultsSample.Figure(s_other));
        var baseline = ResultsFile.Read(FilePath);
        baseline.Metadata.AcceptedDespiteRegression.Should().Be($"checksums cost this ({s_row.Key})");
        baseline.Metrics[s_row.Key].Value.Should().Be(20);
    }

    [Fact]
    public void AReasonWithoutARegressionIsNotKept()
    {
        Accept("just in case", ResultsSample.Figure(s_row));
        ResultsFile.Read(FilePath).Metadata.AcceptedDespiteRegression.Should().BeNull();
    }

    [Fact]
    public void AnEmptyRunIsRefused()
    {
        FluentActions.Invoking(() => Accept()).Should().Throw<AcceptanceException>().WithMessage("*no measured figure*");
        FluentActions.Invoking(() => Accept(ResultsSample.Figure(s_row) with { Launches = null })).Should().Throw<AcceptanceException>();
        FluentActions.Invoking(() => Accept(ResultsSample.Figure(s_row) with { Launches = [] })).Should().Throw<AcceptanceException>();
        File.Exists(FilePath).Should().BeFalse();
    }

    [Fact]
    public void ARunOfAFewRowsDoesNotCostTheRest()
    {
        Accept(ResultsSample.Figure(s_row, 10), ResultsSample.Figure(s_other, 10));
        Accept(ResultsSample.Figure(s_row, 30));
        var metrics = ResultsFile.Read(FilePath).Metrics;
        metrics[s_row.Key].Value.Should().Be(30);
        metrics[s_other.Key].Value.Should().Be(s_other.ValueOf(10));
    }

    [Fact]
    public void ARowThatTheCatalogueNoLongerHasIsDropped()
    {
        Accept(ResultsSample.Figure(s_row), ResultsSample.Figure(s_other));
        Acceptance.Accept(FilePath, ResultsSample.Document(ResultsSample.Figure(s_row)), key => key != s_other.Key, reason: null);
        ResultsFile.Read(FilePath).Metrics.Keys.Should().Equal(s_row.Key);
    }

    [Fact]
    public void NothingToRecordLeavesTheFileAlone()
    {
        BaselineRecorder.Record(FilePath, ResultsSample.Document(ResultsSample.Figure(s_row)), _ => false, _ => true);
        File.Exists(FilePath).Should().BeFalse();
    }

    [Fact]
    public void ADamagedBaselineIsNotOverwritten()
    {
        File.WriteAllText(FilePath, "{ damaged");
        FluentActions.Invoking(() => Accept(ResultsSample.Figure(s_row))).Should().Throw<ResultsFileException>();
        File.ReadAllText(FilePath).Should().Be("{ damaged");
    }

    private void Accept(params MetricResult[] figures) => Accept(null, figures);

    private void Accept(string? reason, params MetricResult[] figures) =>
        Acceptance.Accept(FilePath, ResultsSample.Document(figures), _ => true, reason);
}
