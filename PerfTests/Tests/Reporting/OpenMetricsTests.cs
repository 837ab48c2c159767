using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class OpenMetricsTests : TemporaryResults
{
    [Fact]
    public void Render_RowsOfOneFamily_AreAdjacentBelowTheirUnit()
    {
        var shm = Catalogue.Row("allocation_total_time", Allocators.Shm);
        var lookup = Catalogue.Row("lookup_arithmetic_time", Allocators.Arena, 100);
        OpenMetricsReporter.Render(SampleResults.Of(
            SampleResults.Row(Verdict.Passed, 10000, 10000, shm),
            SampleResults.Row(Verdict.Passed, 1, 1, lookup),
            SampleResults.Row(Verdict.Passed, 10))).Should().Be("""
            # HELP perf_allocation_total_time_nanoseconds Allocating one block of 1 MiB
            # TYPE perf_allocation_total_time_nanoseconds gauge
            # UNIT perf_allocation_total_time_nanoseconds nanoseconds
            perf_allocation_total_time_nanoseconds{allocator="shm"} 10000
            perf_allocation_total_time_nanoseconds{allocator="arena"} 10
            # HELP perf_lookup_arithmetic_time_nanoseconds Finding an address by arithmetic
            # TYPE perf_lookup_arithmetic_time_nanoseconds gauge
            # UNIT perf_lookup_arithmetic_time_nanoseconds nanoseconds
            perf_lookup_arithmetic_time_nanoseconds{allocator="arena",segments="100"} 1
            # EOF

            """);
    }

    [Fact]
    public void Write_File_HasNoByteOrderMark() =>
        File.ReadAllBytes(new OpenMetricsReporter().Write(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)), Folder)[0])[0]
            .Should().Be((byte)'#');

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

    [Fact]
    public void Render_CountedValue_IsNotRounded() =>
        OpenMetricsReporter.Render(
            SampleResults.Of(
                new MetricResult { Name = "managed_bytes_per_operation/arena/lookup", Value = 24, Unit = "bytes", Allocator = "arena" }))
            .Should().Contain("perf_managed_bytes_per_operation_bytes{allocator=\"arena\",operation=\"lookup\"} 24\n");

    [Fact]
    public void Render_RowNamesDifferOnlyInPunctuation_SeriesNamesDiffer()
    {
        var text = OpenMetricsReporter.Render(
            SampleResults.Of(SampleResults.Unknown("a.b"), SampleResults.Unknown("a-b"), SampleResults.Unknown("a_b")));
        text.Split('\n').Where(line => line.StartsWith("perf_", StringComparison.Ordinal)).Select(line => line.Split(' ')[0])
            .Should().OnlyHaveUniqueItems().And.HaveCount(3);
    }
}
