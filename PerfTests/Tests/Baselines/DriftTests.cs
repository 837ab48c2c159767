using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Baselines;

/// <summary>Tests that small slowdowns, each of which passes, are refused when their sum is too large.</summary>
[Category("Baselines")]
public sealed class DriftTests : IDisposable
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_total_time", Allocators.Arena);

    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    private string FilePath => Path.Combine(_folder, "accepted.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(6, 1)]
    [InlineData(3, 3)]
    public void Accept_TwelveSmallSlowdowns_AreRefusedBeyondTheToleranceOfDrift(double percent, int accepted)
    {
        Accept(10);
        var values = Enumerable.Range(1, 12).Select(run => 10 * Math.Pow(1 + (percent / 100), run));
        values.TakeWhile(IsAccepted).Should().HaveCount(accepted);
        Stored.Value.Should().BeApproximately(10 * Math.Pow(1 + (percent / 100), accepted), 1e-3);
    }

    [Fact]
    public void Accept_SeveralRuns_AnchorIsTheFirstWithoutItsSamples()
    {
        Accept(10);
        Stored.Anchor.Should().BeNull();
        Accept(10.3);
        Accept(10.6);
        Stored.Anchor!.Value.Should().Be(10);
        Stored.Anchor.Provenance.GitCommit.Should().Be("abc1234def");
        Stored.Anchor.Launches.Should().HaveCount(Acceptance.MinLaunches).And.OnlyContain(launch => launch.SampleNanoseconds.Count == 0);
    }

    [Fact]
    public void Accept_Improvement_MovesTheAnchor()
    {
        Accept(10);
        Accept(10.2);
        Accept(5, Verdict.Improved);
        Stored.Anchor.Should().BeNull();
        Accept(5.2);
        Stored.Anchor!.Value.Should().Be(5);
    }

    [Fact]
    public void Accept_ImprovementThatIsStillWorseThanTheAnchor_KeepsTheAnchor()
    {
        Accept(10);
        Accept(10.6);
        Accept(10.3, Verdict.Improved);
        Stored.Anchor!.Value.Should().Be(10);
    }

    [Fact]
    public void Accept_RegressionWithReason_MovesTheAnchor()
    {
        Accept(10);
        Accept(10.2);
        Accept(12, Verdict.Regressed, "the address is checked now");
        Stored.Anchor.Should().BeNull();
        Accept(12.5);
        Stored.Anchor!.Value.Should().Be(12);
    }

    [Fact]
    public void Accept_CountsThatGrowByOnePercentEach_AreRefusedBeyondTheToleranceOfDrift()
    {
        AcceptCount(1000);
        var counts = Enumerable.Range(1, 30).Select(run => Math.Round(1000 * Math.Pow(1.015, run)));
        counts.TakeWhile(count => Succeeds(() => AcceptCount(count))).Should().HaveCount(9, "1.015^9 is 1.143, and 1.015^10 is 1.161");
    }

    [Fact]
    public void Oldest_EntryWithAnchor_NamesItsOrigin()
    {
        Accept(10);
        Accept(10.3);
        var entry = new BaselineEntry(Stored, "x.json", ResultsFile.Read(FilePath));
        entry.Oldest!.Stored.Value.Should().Be(10);
        entry.Oldest.Description.Should().Be("oldest accepted value in x.json of 2026-11-23, commit abc1234");
        entry.Oldest.Oldest.Should().BeNull();
    }

    private MetricResult Stored => ResultsFile.Read(FilePath).Metrics[s_row.Key];

    private bool IsAccepted(double nanoseconds) => Succeeds(() => Accept(nanoseconds));

    private static bool Succeeds(Action accept)
    {
        try
        {
            accept();
            return true;
        }
        catch (AcceptanceException)
        {
            return false;
        }
    }

    private void Accept(double nanoseconds, Verdict verdict = Verdict.Passed, string? reason = null) =>
        Acceptance.Accept(FilePath, ResultsSample.Document(ResultsSample.Row(s_row, nanoseconds, verdict)), _ => true, Consent.For(reason));

    private void AcceptCount(double count) =>
        Acceptance.Accept(FilePath, ResultsSample.Document(ResultsSample.Instructions(count)), _ => true);
}
