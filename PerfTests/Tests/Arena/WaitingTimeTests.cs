using FluentAssertions;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed class WaitingTimeTests
{
    [Fact]
    public void Add_SmallSteps_CountsTheTimeOfTheClock()
    {
        var waited = new WaitingTime(5_000);
        for (var now = 5_010; now <= 6_000; now += 10)
        {
            waited.Add(now);
        }

        waited.Milliseconds.Should().Be(1_000);
    }

    [Fact]
    public void Add_ProcessWasStopped_CountsAtMost100Milliseconds()
    {
        var waited = new WaitingTime(0);
        waited.Add(30);
        waited.Add(60_000);
        waited.Milliseconds.Should().Be(130);
    }
}
