using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

/// <summary>
/// Tests the ids of Allure results. The expected hashes were computed by another program, from the description of the format.
/// </summary>
[Category("Formats")]
public sealed class AllureIdentityTests
{
    [Theory]
    [InlineData("lookup_arithmetic_time", "arena", 100, "667d9b4152c51c46e82939fa3c2043a9", "82d7a13a2c450a8053701ac7adfeb6f4")]
    [InlineData("allocation_total_time", "shm", null, "ef94e224b3c3d651f491d9371ae90524", "836b47c14439c4c99193cf5ed666ea4f")]
    public void Identity_RowOfThisSuite_EqualsIdsOfTheOfficialAdapter(
        string metric, string allocator, int? segments, string testCaseId, string historyId)
    {
        var row = segments is { } count ? Catalogue.Row(metric, allocator, count) : Catalogue.Row(metric, allocator);
        var identity = AllureIdentity.Of(TestIdentity.Of(SampleResults.Row(Verdict.Passed, 10, row: row)));
        identity.TestCaseId.Should().Be(testCaseId);
        identity.HistoryId.Should().Be(historyId);
    }

    [Fact]
    public void Identity_SeveralArguments_AreHashedAsJsonInOrderOfNames()
    {
        var identity = AllureIdentity.Of(new TestIdentity(
            "A", "B.C", "m", ["System.String", "System.Int32", "System.Boolean"], [new("z", "<é\"\n"), new("b", 7), new("a", true)], "m"));
        identity.FullName.Should().Be("A:B.C.m(System.String,System.Int32,System.Boolean)");
        identity.HistoryId.Should().Be("785b497fe69ee1181d4c9a64b5d7effe");
        identity.TitlePath.Should().Equal("A", "B", "C");
    }

    [Fact]
    public void Identity_AllRows_HistoryIdsDiffer() =>
        Catalogue.Rows.Select(row => AllureIdentity.Of(TestIdentity.Of(SampleResults.Row(Verdict.Passed, 10, row: row))).HistoryId)
            .Should().OnlyHaveUniqueItems();

    [Fact]
    public void Identity_BareOrQualifiedKey_IsTheSame()
    {
        var bare = SampleResults.Row(Verdict.Passed, 10, row: Catalogue.Row("allocation_total_time", Allocators.Shm));
        TestIdentity.Of(bare with { Name = "allocation_total_time/shm" }).Should().BeEquivalentTo(TestIdentity.Of(bare));
    }
}
