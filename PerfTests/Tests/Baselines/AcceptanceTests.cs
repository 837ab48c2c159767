using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Baselines;

/// <summary>Tests accepting a run, which makes its values the baseline.</summary>
[Category("Baselines")]
public sealed class AcceptanceTests : IDisposable
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_total_time", Allocators.Arena);
    private static readonly MetricRow s_other = Catalogue.Row("allocation_throughput", Allocators.Arena);

    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    private string FilePath => Path.Combine(_folder, "accepted.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Accept_PassedRun_WritesValuesWithoutVerdicts()
    {
        Accept(ResultsSample.Row(s_row, 10));
        var baseline = ResultsFile.Read(FilePath);
        baseline.Metrics[s_row.Key].Judgement.Should().BeNull();
        baseline.Metrics[s_row.Key].Launches.Should().HaveCount(Acceptance.MinLaunches);
        baseline.Metadata.GitCommit.Should().Be("abc1234def");
        baseline.Metrics[s_row.Key].Provenance!.AcceptedDespiteRegression.Should().BeNull();
    }

    [Fact]
    public void Accept_RunThatOnlyCountedInstructions_StoresTheCount()
    {
        Accept(ResultsSample.Instructions(40));
        ResultsFile.Read(FilePath).Metrics.Values.Should().ContainSingle().Which.Value.Should().Be(40);
    }

    [Fact]
    public void Accept_CountOfInstructions_IsStoredAndAHigherCountNeedsAReason()
    {
        Accept(ResultsSample.Row(s_row, 10), ResultsSample.Instructions(40));
        ResultsFile.Read(FilePath).Metrics.Values.Should().ContainSingle(row => row.CompilationTarget != null).Which.Value.Should().Be(40);
        FluentActions.Invoking(() => Accept(ResultsSample.Row(s_row, 10), ResultsSample.Instructions(41)))
            .Should().Throw<AcceptanceException>().WithMessage("*instructions_per_operation/arena/lookup*");
        Accept(ResultsSample.Row(s_row, 10), ResultsSample.Instructions(39));
        ResultsFile.Read(FilePath).Metrics.Values.Should().ContainSingle(row => row.CompilationTarget != null).Which.Value.Should().Be(39);
    }

    [Fact]
    public void Accept_HigherCountThatPairingRefuted_IsStored()
    {
        Accept(ResultsSample.Instructions(40));
        var refuted = new JudgementResult
        {
            Verdict = Verdict.Passed,
            Message = "Passed: the baseline's commit has as many instructions",
            SuspectedFile = ProjectRoot.Relative(FilePath),
        };
        Accept(ResultsSample.Instructions(41) with { Judgement = refuted });
        ResultsFile.Read(FilePath).Metrics.Values.Should().ContainSingle().Which.Value.Should().Be(41);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Accept_RegressedRowWithoutReason_Throws(string? reason)
    {
        Accept(ResultsSample.Row(s_row, 10));
        var before = File.ReadAllBytes(FilePath);
        FluentActions.Invoking(() => Accept(reason, ResultsSample.Row(s_row, 20, Verdict.Regressed), ResultsSample.Row(s_other)))
            .Should().Throw<AcceptanceException>().WithMessage($"*accepted.json*({s_row.Key})*reason*");
        File.ReadAllBytes(FilePath).Should().Equal(before);
    }

    [Fact]
    public void Accept_RegressedRowWithReason_StoresTheReason()
    {
        Accept("checksums cost this", ResultsSample.Row(s_row, 20, Verdict.Regressed), ResultsSample.Row(s_other));
        var baseline = ResultsFile.Read(FilePath);
        baseline.Metrics[s_row.Key].Provenance!.AcceptedDespiteRegression.Should().Be("checksums cost this");
        baseline.Metrics[s_row.Key].Provenance!.AcceptedBy.Should().Be("a.person");
        baseline.Metrics[s_other.Key].Provenance!.AcceptedDespiteRegression.Should().BeNull("this row is not worse");
        baseline.Metrics[s_row.Key].Value.Should().Be(20);
    }

    [Fact]
    public void Accept_ReasonWithoutRegression_DoesNotStoreTheReason()
    {
        Accept("just in case", ResultsSample.Row(s_row));
        ResultsFile.Read(FilePath).Metrics[s_row.Key].Provenance!.AcceptedDespiteRegression.Should().BeNull();
    }

    [Fact]
    public void Accept_RunWithoutValues_Throws()
    {
        FluentActions.Invoking(() => Accept()).Should().Throw<AcceptanceException>().WithMessage("*no measured value*");
        FluentActions.Invoking(() => Accept(ResultsSample.Row(s_row) with { Launches = null })).Should().Throw<AcceptanceException>();
        FluentActions.Invoking(() => Accept(ResultsSample.Row(s_row) with { Launches = [] })).Should().Throw<AcceptanceException>();
        File.Exists(FilePath).Should().BeFalse();
    }

    [Fact]
    public void Accept_RunOfSomeRows_KeepsTheOtherRows()
    {
        Accept(ResultsSample.Row(s_row, 10), ResultsSample.Row(s_other, 10));
        Accept(ResultsSample.Row(s_row, 9));
        var metrics = ResultsFile.Read(FilePath).Metrics;
        metrics[s_row.Key].Value.Should().Be(9);
        metrics[s_other.Key].Value.Should().Be(s_other.ValueOf(10));
    }

    [Fact]
    public void Accept_BaselineHasUnknownRow_RemovesThatRow()
    {
        Accept(ResultsSample.Row(s_row), ResultsSample.Row(s_other));
        Acceptance.Accept(FilePath, ResultsSample.Document(ResultsSample.Row(s_row)), key => key != s_other.Key);
        ResultsFile.Read(FilePath).Metrics.Keys.Should().Equal(s_row.Key);
    }

    [Fact]
    public void Accept_LaterRunOfOneRow_EachRowNamesTheCommitOfItsRun()
    {
        Accept(ResultsSample.Row(s_row, 10), ResultsSample.Row(s_other, 10));
        var later = ResultsSample.Document(ResultsSample.Row(s_other, 10));
        Acceptance.Accept(
            FilePath, later with { Metadata = later.Metadata with { GitCommit = "fedcba9876", GitDirty = false } }, _ => true);
        var metrics = ResultsFile.Read(FilePath).Metrics;
        metrics[s_row.Key].Provenance!.GitCommit.Should().Be("abc1234def");
        metrics[s_row.Key].Provenance!.GitDirty.Should().BeTrue();
        metrics[s_other.Key].Provenance!.GitCommit.Should().Be("fedcba9876");
        metrics[s_other.Key].Provenance!.GitDirty.Should().BeFalse();
    }

    [Fact]
    public void Accept_ValueWorseThanTheBaseline_Throws()
    {
        Accept(ResultsSample.Row(s_row, 10));
        FluentActions.Invoking(() => Accept(ResultsSample.Row(s_row, 20, Verdict.Passed)))
            .Should().Throw<AcceptanceException>().WithMessage($"*({s_row.Key})*");
    }

    [Fact]
    public void Accept_RowThatCouldNotBeJudged_KeepsItsEntryAndAcceptsTheOthers()
    {
        Accept(ResultsSample.Row(s_row, 10), ResultsSample.Row(s_other, 10));
        var outcome = Accept(ResultsSample.Row(s_row, 12, Verdict.Inconclusive), ResultsSample.Row(s_other, 9));
        outcome.NotJudged.Should().Equal(s_row.Key);
        outcome.Accepted.Should().Equal(s_other.Key);
        Stored(s_row).Value.Should().Be(10);
        Stored(s_other).Value.Should().Be(s_other.ValueOf(9));
    }

    [Fact]
    public void Accept_NoRowCouldBeJudged_WritesNoFile()
    {
        Accept(ResultsSample.Row(s_row, 10, Verdict.Inconclusive)).Accepted.Should().BeEmpty();
        File.Exists(FilePath).Should().BeFalse();
    }

    [Fact]
    public void Accept_RowThatCouldNotBeJudgedWithReason_StoresTheReason()
    {
        Accept("the machine is always this noisy", ResultsSample.Row(s_row, 10, Verdict.Inconclusive));
        Stored(s_row).Provenance!.AcceptedDespiteRegression.Should().Be("the machine is always this noisy");
    }

    [Fact]
    public void Accept_RowWithBoundRegressed_Throws()
    {
        var bounded = ResultsSample.Row(s_other, 10, Verdict.Regressed) with { Launches = null };
        FluentActions.Invoking(() => Accept(ResultsSample.Row(s_row), bounded))
            .Should().Throw<AcceptanceException>().WithMessage($"*({s_other.Key})*");
        Accept("because", ResultsSample.Row(s_row), bounded).Accepted.Should().Equal(s_row.Key);
    }

    [Fact]
    public void Accept_ImpossibleTime_IsNeverStored()
    {
        var impossible = ResultsSample.Row(s_row);
        impossible = impossible with { Launches = [.. impossible.Launches!.Select(launch => launch with { MinimumNanoseconds = 0 })] };
        Accept("because", impossible, ResultsSample.Row(s_other)).NotJudged.Should().Equal(s_row.Key);
        ResultsFile.Read(FilePath).Metrics.Keys.Should().Equal(s_other.Key);
    }

    [Fact]
    public void Accept_NarrowedRun_KeepsRowsOfEveryAcceptedBaseline()
    {
        var committed = Path.Combine(_folder, "committed.json");
        Acceptance.Accept(committed, ResultsSample.Document(ResultsSample.Row(s_row, 10), ResultsSample.Row(s_other, 10)), _ => true);
        Acceptance.Accept(FilePath, ResultsSample.Document(ResultsSample.Row(s_other, 9)), _ => true, null, committed);
        Stored(s_row).Value.Should().Be(10);
        Stored(s_other).Value.Should().Be(s_other.ValueOf(9));
        ResultsFile.Read(committed).Metrics[s_other.Key].Value.Should().Be(s_other.ValueOf(10), "only the first file is written");
    }

    [Fact]
    public void Accept_WorseThanAnotherAcceptedBaseline_Throws()
    {
        var committed = Path.Combine(_folder, "committed.json");
        Acceptance.Accept(committed, ResultsSample.Document(ResultsSample.Row(s_row, 10)), _ => true);
        FluentActions.Invoking(() => Acceptance.Accept(
                FilePath, ResultsSample.Document(ResultsSample.Row(s_row, 20)), _ => true, null, committed))
            .Should().Throw<AcceptanceException>().WithMessage($"*({s_row.Key})*");
    }

    [Fact]
    public void Accept_RunUnfitAsBaseline_ThrowsDespiteReason()
    {
        var run = ResultsSample.Document(ResultsSample.Row(s_row, 10));
        Refused(run with { Metadata = run.Metadata with { IsUntrusted = true } }, "*make all values unusable*");
        Refused(run with { Metadata = run.Metadata with { Baseline = "main" } }, "*paired with main*");
        var result = ResultsSample.Row(s_row, 10);
        Refused(ResultsSample.Document(result with { Launches = [result.Launches![0]] }), "*launches*");
        Accept(result);
        Refused(run with { Metadata = run.Metadata with { MachineClass = "another" } }, "*machine class*another*");

        void Refused(ResultsDocument document, string message) =>
            FluentActions.Invoking(() => Acceptance.Accept(FilePath, document, _ => true, new Consent("because", null)))
                .Should().Throw<AcceptanceException>().WithMessage(message);
    }

    [Fact]
    public void Record_NoRowSelected_WritesNoFile()
    {
        BaselineRecorder.Record(FilePath, ResultsSample.Document(ResultsSample.Row(s_row)), _ => false, _ => true);
        File.Exists(FilePath).Should().BeFalse();
    }

    [Fact]
    public void Accept_DamagedBaselineFile_ThrowsAndKeepsTheFile()
    {
        File.WriteAllText(FilePath, "{ damaged");
        FluentActions.Invoking(() => Accept(ResultsSample.Row(s_row))).Should().Throw<ResultsFileException>();
        File.ReadAllText(FilePath).Should().Be("{ damaged");
    }

    private MetricResult Stored(MetricRow row) => ResultsFile.Read(FilePath).Metrics[row.Key];

    private AcceptanceOutcome Accept(params MetricResult[] rows) => Accept(null, rows);

    private AcceptanceOutcome Accept(string? reason, params MetricResult[] rows) =>
        Acceptance.Accept(FilePath, ResultsSample.Document(rows), _ => true, Consent.For(reason, "a.person"));
}
