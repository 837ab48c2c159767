using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;
using PerfTests.Versions;

namespace PerfTests.Measurement;

/// <summary>Measures rows, in this process and in fresh processes.</summary>
internal sealed class RowMeasurer(LaunchPool pool, RowLog log)
{
    /// <summary>Log of the row that is measured.</summary>
    public RowLog Log => log;

    /// <summary>Measures a row in this process.</summary>
    public Launch MeasureHere(MetricRow row, LibraryVersion version)
    {
        var run = BenchmarkHost.Run(MeasurementPlan.Of(row, version), log);
        log.Keep(log.WantsReport ? BenchmarkReport.Of(run.Summary) : null);
        return Launch.Of(run.Samples, MeasurementPlan.CandidateSide);
    }

    /// <summary>Measures a row in a fresh process.</summary>
    /// <param name="row">Row to measure.</param>
    /// <param name="version">Version of the libraries.</param>
    /// <param name="processNumber">Number of the fresh process, from 0.</param>
    /// <param name="wrapper">Class that slows the benchmark down, or null.</param>
    public Launch MeasureFresh(MetricRow row, LibraryVersion version, int processNumber, BenchmarkWrapper? wrapper = null) =>
        Launch.Of(pool.Measure(processNumber, MeasurementPlan.Of(row, version, wrapper), log), MeasurementPlan.CandidateSide);

    /// <summary>Measures two rows side by side in this process.</summary>
    public (Launch First, Launch Second) MeasureHere(MetricRow first, MetricRow second, LibraryVersion version)
    {
        var samples = BenchmarkHost.Run(MeasurementPlan.SideBySide(version, first, second), log).Samples;
        return (Launch.Of(samples, first.Label), Launch.Of(samples, second.Label));
    }

    /// <summary>Measures two rows side by side in a fresh process.</summary>
    public (Launch First, Launch Second) MeasureFresh(MetricRow first, MetricRow second, LibraryVersion version, int processNumber)
    {
        var samples = pool.Measure(processNumber, MeasurementPlan.SideBySide(version, first, second), log);
        return (Launch.Of(samples, first.Label), Launch.Of(samples, second.Label));
    }

    /// <summary>Measures candidate, baseline and A/A control of a row in a fresh process, with interleaved samples.</summary>
    /// <exception cref="MissingApiException">A version lacks an API that the benchmark calls.</exception>
    /// <exception cref="CannotMeasureHereException">A time cannot have been measured.</exception>
    public SamplingResult MeasurePaired(
        MetricRow row, LibraryVersion baseline, LibraryVersion candidate, int processNumber, BenchmarkWrapper? wrapper = null) =>
        pool.Measure(processNumber, MeasurementPlan.Paired(row, baseline, candidate, wrapper), log).RequirePossible();
}
