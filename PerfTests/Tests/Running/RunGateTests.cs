using FluentAssertions;
using PerfTests.Running;
using PerfTests.Verdicts;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Running")]
public sealed class RunGateTests
{
    [Fact]
    public void Enter_WrongUse_IsToldInFullOnceAndShortlyAfterwards()
    {
        var checks = 0;
        var gate = new RunGate(() =>
        {
            checks++;
            throw new SettingException("PERF_STRICT", "yes", "0 or 1");
        });
        FluentActions.Invoking(gate.Enter).Should().Throw<RunRefusedException>()
            .WithMessage("Not measured: PERF_STRICT is \"yes\". Allowed: 0 or 1.");
        FluentActions.Invoking(gate.Enter).Should().Throw<RunRefusedException>()
            .WithMessage("Not measured: PERF_STRICT is \"yes\". The first row that failed says what to do.");
        checks.Should().Be(1);
    }

    [Fact]
    public void Enter_NothingWrong_ChecksOnce()
    {
        var checks = 0;
        var gate = new RunGate(() => checks++);
        gate.Enter();
        gate.Enter();
        checks.Should().Be(1);
    }

    [Fact]
    public void Refuse_WrongUse_FailsTheRow()
    {
        var gate = new RunGate(() => { });
        var e = new VersionException("PERF_BASE is \"x\", which git has not. Git says: fatal.");
        RunGate.IsWrongUse(e).Should().BeTrue();
        gate.Refuse(e).Should().Be(new RowOutcome(Verdict.Inconclusive, $"Not measured: {e.Message}", IsStrict: true));
        gate.Refuse(e).Message.Should().Be(
            "Not measured: PERF_BASE is \"x\", which git has not. The first row that failed says what to do.");
        gate.Refuse(new RunRefusedException("as it is")).Message.Should().Be("as it is");
    }

    [Fact]
    public void IsWrongUse_MeasuringFailed_IsFalse() => RunGate.IsWrongUse(new InvalidOperationException()).Should().BeFalse();
}
