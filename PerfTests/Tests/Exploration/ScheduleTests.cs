using FluentAssertions;
using PerfTests.Exploration.Scheduling;
using Xunit;

namespace PerfTests.Tests.Exploration;

/// <summary>Tests the text of a schedule, which replays a run.</summary>
[Category("Exploration")]
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("remote-free/")]
    [InlineData("remote-free/12>1")]
    [InlineData("remote-free/12>1,20x0,20>2")]
    public void Parse_TextOfSchedule_ReturnsSameSchedule(string text) => Schedule.Parse(text).ToString().Should().Be(text);

    [Theory]
    [InlineData("remote-free")]
    [InlineData("remote-free/12")]
    [InlineData("remote-free/12>")]
    [InlineData("remote-free/-1>1")]
    [InlineData("remote-free/12>1/3")]
    [InlineData("remote-free/20x0,12>1")]
    public void Parse_OtherText_Throws(string text) =>
        FluentActions.Invoking(() => Schedule.Parse(text)).Should().Throw<FormatException>();
}
