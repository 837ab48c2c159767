using FluentAssertions;
using PerfTests.Reporting.Allure;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class ChartAxisTests
{
    [Theory]
    [InlineData(1.2, 51, "0 10 20 30 40 50")]
    [InlineData(1.36, 1.4, "1.36 1.37 1.38 1.39 1.40")]
    public void Ticks_PositiveValues_AreRoundNumbersAndNotNegative(double low, double high, string labels)
    {
        var axis = ChartAxis.Around([low, high], 0, 100);
        string.Join(' ', axis.Ticks.Select(axis.Label)).Should().Be(labels);
        (axis.At(low), axis.At(high))
            .Should().Match<(double, double)>(ends => ends.Item1 >= 0 && ends.Item2 <= 100 && ends.Item1 < ends.Item2);
    }
}
