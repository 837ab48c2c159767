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
            SampleResults.Row(Verdict.Regressed, 12000, 10000, shm),
            SampleResults.Row(Verdict.Passed, 1, 1, lookup),
            SampleResults.Row(Verdict.Passed, 10))).Should().Be("""
            # HELP perf_allocation_total_time_nanoseconds Allocating one block of 1 MiB
            # TYPE perf_allocation_total_time_nanoseconds gauge
            # UNIT perf_allocation_total_time_nanoseconds nanoseconds
            perf_allocation_total_time_nanoseconds{machine="some-machine",allocator="shm"} 12000
            perf_allocation_total_time_nanoseconds{machine="some-machine",allocator="arena"} 10
            # HELP perf_change_percent Judged change of the value, positive for a larger value; 0 within the tolerance
            # TYPE perf_change_percent gauge
            # UNIT perf_change_percent percent
            perf_change_percent{machine="some-machine",metric="allocation_total_time",allocator="shm"} 20
            perf_change_percent{machine="some-machine",metric="lookup_arithmetic_time",allocator="arena",segments="100"} 0
            perf_change_percent{machine="some-machine",metric="allocation_total_time",allocator="arena"} 0
            # HELP perf_lookup_arithmetic_time_nanoseconds Finding an address by arithmetic
            # TYPE perf_lookup_arithmetic_time_nanoseconds gauge
            # UNIT perf_lookup_arithmetic_time_nanoseconds nanoseconds
            perf_lookup_arithmetic_time_nanoseconds{machine="some-machine",allocator="arena",segments="100"} 1
            # HELP perf_verdict 1: regressed, -1: improved, 0: no judged change
            # TYPE perf_verdict gauge
            perf_verdict{machine="some-machine",metric="allocation_total_time",allocator="shm"} 1
            perf_verdict{machine="some-machine",metric="lookup_arithmetic_time",allocator="arena",segments="100"} 0
            perf_verdict{machine="some-machine",metric="allocation_total_time",allocator="arena"} 0
            # EOF

            """);
    }

    [Fact]
    public void Write_File_HasNoByteOrderMark() =>
        File.ReadAllBytes(new OpenMetricsReporter().Write(SampleResults.Of(SampleResults.Row(Verdict.Passed, 10)), Folder)[0])[0]
            .Should().Be((byte)'#');

    [Fact]
    public void Render_CountedValue_IsNotRounded() =>
        OpenMetricsReporter.Render(
            SampleResults.Of(
                new MetricResult { Name = "managed_bytes_per_operation/arena/lookup", Value = 24, Unit = "bytes", Allocator = "arena" }))
            .Should().Contain(
                "perf_managed_bytes_per_operation_bytes{machine=\"some-machine\",allocator=\"arena\",operation=\"lookup\"} 24\n");

    [Fact]
    public void Render_RowNamesDifferOnlyInPunctuation_SeriesNamesDiffer()
    {
        var text = OpenMetricsReporter.Render(
            SampleResults.Of(SampleResults.Unknown("a.b"), SampleResults.Unknown("a-b"), SampleResults.Unknown("a_b")));
        text.Split('\n').Where(line => line.StartsWith("perf_", StringComparison.Ordinal)).Select(line => line.Split(' ')[0])
            .Should().OnlyHaveUniqueItems().And.HaveCount(3 * 3);
    }
}
