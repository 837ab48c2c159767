using FluentAssertions;
using PerfTests.Statistics;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Verdicts;

/// <summary>Tests the verdict on a ratio whose bound equal code misses in half of the runs.</summary>
[Category("Verdict")]
public sealed class RatioBoundTests
{
    [Theory]
    [InlineData(1.3, 1.4, Verdict.Passed)]
    [InlineData(0.99, 1.01, Verdict.Passed)]
    [InlineData(1.01, 0.99, Verdict.Passed)]
    [InlineData(0.96, 0.98, Verdict.Passed)]
    [InlineData(0.9, 0.96, Verdict.Regressed)]
    [InlineData(double.NaN, 1.1, Verdict.Inconclusive)]
    public void JudgeRatio_NoiseAllowed_MissesBoundOnlyIfMostSamplesMissItClearly(double ratio, double upper, Verdict expected) =>
        BoundRule.JudgeRatio(ratio, new Quartiles(0.8, 0.85, upper), 1, allowsNoise: true).Should().Be(expected);

    [Theory]
    [InlineData(0.99, Verdict.Regressed)]
    [InlineData(1, Verdict.Passed)]
    public void JudgeRatio_NoiseNotAllowed_ComparesTheRatioAlone(double ratio, Verdict expected) =>
        BoundRule.JudgeRatio(ratio, new Quartiles(0.8, 0.85, 1.2), 1, allowsNoise: false).Should().Be(expected);
}
