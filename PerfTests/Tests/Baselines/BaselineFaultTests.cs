using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Reporting;
using PerfTests.Tests.Results;
using Xunit;

namespace PerfTests.Tests.Baselines;

/// <summary>Tests baselines with an unusable row, or with a row under its other key, such as <c>metric/shm</c> for <c>metric</c>.</summary>
[Category("Baselines")]
public sealed class BaselineFaultTests : TemporaryResults
{
    private static readonly MetricRow s_row = Catalogue.Row("allocation_total_time", Allocators.Shm);
    private static readonly MetricRow s_other = Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, Catalogue.DefaultSegmentCount);

    private string FilePath => Path.Combine(Folder, "seed.json");

    [Theory]
    [InlineData("10000, \"unit\": \"parsecs\"", "its unit is \"parsecs\"")]
    [InlineData("0, \"unit\": \"ns\"", "its value is 0")]
    public void Find_UnusableRow_GivesTheReasonAndFindsOtherRows(string part, string reason)
    {
        Write(s_row.QualifiedKey, part);
        var set = Load();
        set.Find(s_row, null, out var whyNot).Should().BeNull();
        whyNot.Should().StartWith("the row of the baseline seed.json cannot be used: ").And.Contain(reason);
        set.Find(s_other, null, out whyNot)!.Stored.Value.Should().Be(1.5);
        whyNot.Should().BeEmpty();
    }

    [Fact]
    public void Origin_TimestampIsANumber_ShowsItUnchanged()
    {
        Write(s_row.Key, "5, \"unit\": \"ns\"");
        Load().Find(s_row, null, out _)!.Origin.Should().Be("seed.json of 1767225600");
    }

    [Fact]
    public void Record_BaselineHasRowUnderOtherKey_ReplacesTheRow()
    {
        Write(s_row.QualifiedKey, "10000, \"unit\": \"ns\"");
        Record(s_row);
        var metrics = ResultsFile.Read(FilePath).Metrics;
        (metrics[s_row.Key].Value, metrics[s_other.Key].Value, metrics.Count).Should().Be((10, 1.5, 2));
    }

    [Fact]
    public void Record_AnotherRow_KeepsRowsUnderOtherKeys()
    {
        Write(s_row.QualifiedKey, "10000, \"unit\": \"ns\"");
        Record(s_other);
        ResultsFile.Read(FilePath).Metrics[s_row.Key].Value.Should().Be(10_000);
    }

    [Fact]
    public void Accept_WorseThanRowUnderOtherKey_Throws()
    {
        ResultsFile.Write(FilePath, ResultsSample.Document(ResultsSample.Row(s_row, 10) with { Name = s_row.QualifiedKey }));
        var worse = ResultsSample.Document(ResultsSample.Row(s_row, 20));
        FluentActions.Invoking(() => Acceptance.Accept(FilePath, worse, Catalogue.Has)).Should().Throw<AcceptanceException>();
    }

    [Fact]
    public void RowsNotIn_BaselineHasRowUnderOtherKey_DoesNotListTheRow()
    {
        var folder = new BaselineFolder(Folder);
        var qualified = ResultsSample.Row(s_row) with { Name = s_row.QualifiedKey };
        ResultsFile.Write(folder.Committed(ResultsSample.Machine), ResultsSample.Document(qualified));
        var run = new HashSet<string> { s_row.Key };
        BaselineSet.Load(folder, ResultsSample.Machine, null).RowsNotIn(run, out _).Should().BeEmpty();
    }

    private void Record(MetricRow row) =>
        BaselineRecorder.Record(FilePath, ResultsSample.Document(ResultsSample.Row(row)), _ => true, Catalogue.Has);

    private BaselineSet Load() => BaselineSet.Load(new BaselineFolder(Folder), ResultsSample.Machine, "seed");

    private void Write(string key, string part) =>
        File.WriteAllText(FilePath, SeedJson.WithTop("\"timestamp\": 1767225600,", (key, part), (s_other.Key, "1.5, \"unit\": \"ns\"")));
}
