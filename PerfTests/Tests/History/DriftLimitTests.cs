using FluentAssertions;
using PerfTests.History;
using PerfTests.Verdicts;
using Xunit;
using FoundDrift = PerfTests.History.Drift;

namespace PerfTests.Tests.History;

/// <summary>Tests that the tolerances of a row decide about its changes of level.</summary>
[Category("History")]
public sealed class DriftLimitTests
{
    [Theory]
    [InlineData(10, 0)]
    [InlineData(30, 2)]
    public void Of_ChangeBeyondTheAcceptedValue_IsExplainedWithinTheStoredTolerance(double storedPercent, int explained)
    {
        var time = HistorySample.Run(10, 11).Time;
        var accepted = new[] { HistorySample.Row, HistorySample.Rate }.Select(row => KeyValuePair.Create(
            row.Key, new AcceptedRegression(time, "abc1234", [row.ValueOf(11), 1.25], "why", null)));
        Find(12, storedPercent, pairedPercent: 3, [.. accepted]).Accepted.Should().HaveCount(explained);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(30, 0)]
    public void Of_StepOfTwentyPercent_IsWorseBeyondThePairedTolerance(double pairedPercent, int worse) =>
        Find(12, storedPercent: 10, pairedPercent, []).Worse.Should().HaveCount(worse);

    private static FoundDrift Find(
        double after,
        double storedPercent,
        double pairedPercent,
        IReadOnlyList<KeyValuePair<string, AcceptedRegression>> accepted) => FoundDrift.Of(
            HistorySample.Step(10, after),
            new DriftLimits(_ => new Tolerance(pairedPercent, 0), _ => new Tolerance(storedPercent, 0)),
            accepted);
}
