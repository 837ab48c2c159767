using FluentAssertions;
using PerfTests.Reporting;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class RoundedValueTests
{
    [Theory]
    [InlineData(9.77, 9.93)]
    [InlineData(10.02, 9.98)]
    [InlineData(9.74, 9.76)]
    public void RoundedValue_ChangeWithinNoise_StaysTheSame(double one, double other) =>
        RoundedValue.Of(SampleResults.Row(Verdict.Passed, one)).Should().Be(RoundedValue.Of(SampleResults.Row(Verdict.Passed, other)));

    [Fact]
    public void RoundedValue_ChangeBeyondNoise_Changes() =>
        RoundedValue.Of(SampleResults.Row(Verdict.Regressed, 11.5))
            .Should().Be(11.5).And.NotBe(RoundedValue.Of(SampleResults.Row(Verdict.Passed, 10)));
}
