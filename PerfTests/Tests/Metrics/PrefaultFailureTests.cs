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
        PrefaultFailure.Explain("needs 64 MiB", null)
            .Should().BeOfType<CannotMeasureHereException>().Which.Message.Should().Be("needs 64 MiB");

    [Fact]
    public void Explain_MachineLacksNothing_FailsTheRow() =>
        PrefaultFailure.Explain(null, new InvalidOperationException("a cause"))
            .Should().BeOfType<InvalidOperationException>().Which.Message.Should().EndWith("memory is free. a cause");
}
