using FluentAssertions;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Running")]
public sealed class ProgressTests
{
    [Fact]
    public void Begin_FirstRows_ShowsNumberAndRowButNoTimeLeft()
    {
        var progress = new Progress(72);
        progress.Begin("one").Should().Be("[1/72] measuring one");
        progress.Begin("two").Should().Be("[2/72] measuring two");
    }

    [Fact]
    public void Begin_LaterRow_ShowsEstimatedTimeLeft()
    {
        var progress = new Progress(5);
        for (var row = 0; row < 3; row++)
        {
            progress.Begin("before");
        }

        progress.Begin("fourth").Should().MatchRegex(@"^\[4/5\] measuring fourth, about \d+ s left$");
    }

    [Fact]
    public void Begin_MoreRowsThanExpected_RaisesTheNumberOfRows()
    {
        var progress = new Progress(1);
        progress.Begin("one");
        progress.Begin("two").Should().Be("[2/2] measuring two");
    }

    [Fact]
    public void Begin_UnknownNumberOfRows_ShowsRowWithoutNumber() => new Progress(0).Begin("one").Should().Be("measuring one");
}
