using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.SelfTest.Coverage;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.SelfTest.Coverage;

/// <summary>Tests when a trial is paired again.</summary>
[Category("SelfTest")]
public sealed class CoverageRetryTests
{
    private const double Expected = 20;

    private static readonly MetricRow s_row = Catalogue.Row("allocation_throughput", Allocators.Arena);

    [Theory]
    [InlineData(Verdict.Regressed, 5, nameof(NextAttempt.None))]
    [InlineData(Verdict.Inconclusive, 5, nameof(NextAttempt.Same))]
    [InlineData(Verdict.Inconclusive, 30, nameof(NextAttempt.Same))]
    [InlineData(Verdict.Passed, 5, nameof(NextAttempt.LongerLoop))]
    [InlineData(Verdict.Passed, 30, nameof(NextAttempt.None))]
    public void After_FirstPair_RepeatsInconclusiveRowsAndLengthensLoopsThatPass(Verdict verdict, double measuredPercent, string next) =>
        CoverageRetry.After(Trials.Of(s_row, Expected, verdict, measuredPercent), wasRepeated: false, wasLengthened: false)
            .ToString().Should().Be(next);

    [Fact]
    public void After_AlreadyRepeatedOrLengthened_ReturnsNone()
    {
        CoverageRetry.After(Trials.Of(s_row, Expected, Verdict.Inconclusive, 5), wasRepeated: true, wasLengthened: false)
            .Should().Be(NextAttempt.None);
        CoverageRetry.After(Trials.Of(s_row, Expected, Verdict.Passed, 5), wasRepeated: false, wasLengthened: true)
            .Should().Be(NextAttempt.None);
    }

    [Theory]
    [InlineData(16, 25)]
    [InlineData(4, 50)]
    [InlineData(-1, 50)]
    public void Lengthened_MeasuredBelowExpected_GrowsByTheirRatioUpToTheMaximum(double measuredPercent, double lengthened) =>
        CoverageRetry.Lengthened(Trials.Of(s_row, Expected, Verdict.Passed, measuredPercent)).Should().BeApproximately(lengthened, 1e-9);
}
