using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Converts the launches of a row and their judgement to the results model.</summary>
internal static class RowResult
{
    /// <summary>Returns the result of a row. Its value is calculated from the launch with the smallest minimum.</summary>
    public static MetricResult Compose(
        MetricRow row, IReadOnlyList<Launch> launches, Tolerance tolerance, string? workload, JudgementResult judgement) => new()
        {
            Name = row.KeyFor(workload),
            Value = row.ValueOf(launches.Min(launch => launch.Minima.RowNanoseconds)),
            Unit = row.Metric.Unit.Name,
            Direction = row.Metric.Unit.Better,
            TolerancePercent = tolerance.Percent,
            Metric = row.Metric.Id,
            Title = row.Metric.Title,
            Group = row.Metric.Group,
            Allocator = row.Allocator,
            Parameters = row.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
            Workload = workload,
            Launches = [.. launches.Select(ToResult)],
            Judgement = judgement,
        };

    private static LaunchResult ToResult(Launch launch) => new()
    {
        MinimumNanoseconds = launch.Minima.RowNanoseconds,
        MedianNanoseconds = launch.MedianNanoseconds,
        CalibrationNanoseconds = launch.Minima.CalibrationNanoseconds,
        ParallelCalibrationNanoseconds = launch.Minima.ParallelCalibrationNanoseconds,
        ManagedBytesPerOperation = launch.ManagedBytesPerOperation,
        SampleNanoseconds = launch.SampleNanoseconds,
        Percentiles = launch.Percentiles,
    };
}
