using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Tests.Reporting;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests the ledger, which lists the requested rows of a run and finds those that never ran.</summary>
[Category("Running")]
public sealed class RowLedgerTests
{
    [Fact]
    public void Missing_RequestedRow_ContainsTheRowUntilItEnds()
    {
        var ledger = new RowLedger(["one(allocator: shm)", "two(allocator: shm)"]);
        ledger.End("one(allocator: shm)");
        ledger.Missing.Should().Equal("two(allocator: shm)");
        ledger.End("two(allocator: shm)");
        ledger.Missing.Should().BeEmpty();
        ledger.Count.Should().Be(2);
    }

    [Fact]
    public void End_RowNotRequested_IgnoresTheRow()
    {
        var ledger = new RowLedger([]);
        ledger.End("three(allocator: shm)");
        ledger.Missing.Should().BeEmpty();
    }

    [Fact]
    public void IsWholeCatalogue_AllRowsOrAllButOneRequested_IsTrueOnlyForAllRows()
    {
        string[] all = [.. Catalogue.TheoryRows().Select(row => row.TestDisplayName)];
        new RowLedger(all.Skip(1)).IsWholeCatalogue.Should().BeFalse();
        new RowLedger(all).IsWholeCatalogue.Should().BeTrue();
    }

    [Fact]
    public void Find_RecordedRow_ReturnsItsResult()
    {
        var (ledger, result) = (new RowLedger(["one"]), SampleResults.Row(Verdict.Passed, 10));
        ledger.Find("one").Should().BeNull();
        ledger.Record("one", result);
        ledger.Find("one").Should().BeSameAs(result);
    }

    [Fact]
    public void Current_CalledTwiceInOneRun_ReturnsTheSameLedger() => RowLedger.Current().Should().BeSameAs(RowLedger.Current());
}
