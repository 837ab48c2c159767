using FluentAssertions;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Verdicts;

/// <summary>
/// Tests the verdict after a suspect row was measured again. The guard band is the three percentage points between the limit
/// for suspicion and the tolerance. Core pressure is the slowdown by other programs on the same core.
/// </summary>
[Category("Verdict")]
public sealed class ConfirmingTests
{
    private static readonly Tolerance s_tolerance = new(10, 0.2);

    [Theory]
    [InlineData(120, MetricKind.Computing, Verdict.Regressed)]
    [InlineData(120, MetricKind.Copying, Verdict.Regressed)]
    [InlineData(120, MetricKind.SystemCall, Verdict.Inconclusive)]
    [InlineData(100, MetricKind.Computing, Verdict.Passed)]
    [InlineData(100, MetricKind.SystemCall, Verdict.Passed)]
    [InlineData(80, MetricKind.Computing, Verdict.Improved)]
    [InlineData(80, MetricKind.SystemCall, Verdict.Passed)]
    public void AfterConfirming_SlowerEqualOrFaster_VerdictDependsOnKindOfRow(double nanoseconds, MetricKind kind, Verdict verdict) =>
        StoredBaselineRule.AfterConfirming(Compare(new(nanoseconds, 1, 1), new(100, 1, 1)), kind).Should().Be(verdict);

    [Theory]
    [InlineData(1.06, Verdict.Inconclusive)]
    [InlineData(1.5, Verdict.Inconclusive)]
    [InlineData(1.04, Verdict.Regressed)]
    [InlineData(0.8, Verdict.Regressed)] // less core pressure than at the baseline does not explain a slowdown
    public void AfterConfirming_CorePressureAboveLimit_IsInconclusive(double parallel, Verdict verdict) =>
        StoredBaselineRule.AfterConfirming(Compare(new(120, 1, parallel), new(100, 1, 1)), MetricKind.Computing).Should().Be(verdict);

    [Fact]
    public void AfterConfirming_SlowerMachine_DoesNotCountAsCorePressure()
    {
        var comparison = Compare(new(240, 2, 2), new(100, 1, 1));
        comparison.CorePressurePercent.Should().BeApproximately(0, 1e-9);
        StoredBaselineRule.AfterConfirming(comparison, MetricKind.Computing).Should().Be(Verdict.Regressed);
    }

    [Fact]
    public void AfterConfirming_CorePressureWithoutSlowdown_Passes() =>
        StoredBaselineRule.AfterConfirming(Compare(new(101, 1, 2), new(100, 1, 1)), MetricKind.Computing).Should().Be(Verdict.Passed);

    [Fact]
    public void Compare_BaselineWithoutParallelCalibrationLoop_CorePressureIsZero() =>
        Compare(new(120, 1, 3), new(100, 1)).CorePressurePercent.Should().Be(0);

    [Theory]
    [InlineData(10, 7)]
    [InlineData(5, 2.5)]
    [InlineData(100, 97)]
    public void LimitPercent_AnyTolerance_IsToleranceMinusGuardBandButAtLeastHalf(double percent, double limit) =>
        StoredBaselineRule.LimitPercent(new Tolerance(percent, 0)).Should().Be(limit);

    private static StoredComparison Compare(LaunchMinima candidate, LaunchMinima baseline) =>
        StoredBaselineRule.Compare(Direction.Lower, [candidate], [baseline], s_tolerance);
}
