using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Metrics.Scenarios.Lifecycle;
using Xunit;

namespace PerfTests.Tests.Metrics;

/// <summary>Tests which failures to map pages fail a row, and which ones only skip it.</summary>
[Category("Catalogue")]
public sealed class PrefaultFailureTests
{
    [Fact]
    public void Explain_MachineLacksMemory_SkipsTheRow() =>
        PrefaultFailure.Explain(1L << 60).Should().BeOfType<CannotMeasureHereException>();

    [Fact]
    public void Explain_MachineLacksNothing_FailsTheRow() =>
        PrefaultFailure.Explain(lack: null, new InvalidOperationException("a cause"))
            .Should().BeOfType<InvalidOperationException>().Which.Message.Should().EndWith("enough memory is free. a cause");
}
