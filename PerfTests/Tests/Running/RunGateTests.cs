using FluentAssertions;
using PerfTests.Running;
using PerfTests.Verdicts;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests the gate, which fails every row of a run with wrong settings.</summary>
[Category("Running")]
public sealed class RunGateTests
{
    [Fact]
    public void Enter_WrongSetting_GivesRemedyOnlyInFirstMessage()
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
            .WithMessage("Not measured: PERF_STRICT is \"yes\". The message of the first failed row says what to do.");
        checks.Should().Be(1);
    }

    [Fact]
    public void Enter_ValidSettings_ChecksOnce()
    {
        var checks = 0;
        var gate = new RunGate(() => checks++);
        gate.Enter();
        gate.Enter();
        checks.Should().Be(1);
    }

    [Fact]
    public void Refuse_WrongSetting_OutcomeFailsTheRow()
    {
        var gate = new RunGate(() => { });
        var e = new VersionException("PERF_BASE is \"x\", which git does not know. Git reports: fatal.");
        RunGate.IsWrongUse(e).Should().BeTrue();
        gate.Refuse(e).Should().Be(new RowOutcome(Verdict.Inconclusive, $"Not measured: {e.Message}", IsStrict: true));
        gate.Refuse(e).Message.Should().Be(
            "Not measured: PERF_BASE is \"x\", which git does not know. The message of the first failed row says what to do.");
        gate.Refuse(new RunRefusedException("as it is")).Message.Should().Be("as it is");
    }

    [Fact]
    public void IsWrongUse_FailedMeasurement_IsFalse() => RunGate.IsWrongUse(new InvalidOperationException()).Should().BeFalse();
}
