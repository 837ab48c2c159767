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
        return Launch.Of(RequireNoneLeft(run.Samples), MeasurementPlan.CandidateSide);
    }

    /// <summary>Measures a row in a fresh process.</summary>
    /// <param name="row">Row to measure.</param>
    /// <param name="version">Version of the libraries.</param>
    /// <param name="processNumber">Number of the fresh process, from 0.</param>
    /// <param name="wrapper">Class that slows the benchmark down, or null.</param>
    public Launch MeasureFresh(MetricRow row, LibraryVersion version, int processNumber, BenchmarkWrapper? wrapper = null) =>
        Launch.Of(
            RequireNoneLeft(pool.Measure(processNumber, MeasurementPlan.Of(row, version, wrapper), log)), MeasurementPlan.CandidateSide);

    /// <summary>Measures two rows side by side in this process.</summary>
    public (Launch First, Launch Second) MeasureHere(MetricRow first, MetricRow second, LibraryVersion version)
    {
        var samples = RequireNoneLeft(BenchmarkHost.Run(MeasurementPlan.SideBySide(version, first, second), log).Samples);
        return (Launch.Of(samples, first.Label), Launch.Of(samples, second.Label));
    }

    /// <summary>Measures two rows side by side in a fresh process.</summary>
    public (Launch First, Launch Second) MeasureFresh(MetricRow first, MetricRow second, LibraryVersion version, int processNumber)
    {
        var samples = RequireNoneLeft(pool.Measure(processNumber, MeasurementPlan.SideBySide(version, first, second), log));
        return (Launch.Of(samples, first.Label), Launch.Of(samples, second.Label));
    }

    /// <summary>Measures candidate, baseline and A/A control of a row in a fresh process, with interleaved samples.</summary>
    /// <exception cref="UnusableLibrariesException">The libraries of a side cannot run the benchmark.</exception>
    /// <exception cref="CannotMeasureHereException">A time cannot have been measured.</exception>
    /// <exception cref="BenchmarkFailedException">The candidate left segments behind.</exception>
    public SamplingResult MeasurePaired(
        MetricRow row, LibraryVersion baseline, LibraryVersion candidate, int processNumber, BenchmarkWrapper? wrapper = null)
    {
        var samples = pool.Measure(processNumber, MeasurementPlan.Paired(row, baseline, candidate, wrapper), log).RequirePossible();
        if (samples.LeftSegments.Count > 0)
        {
            // Only a candidate that leaves segments when it is measured alone is at fault.
            MeasureFresh(row, candidate, processNumber, wrapper);
        }

        return samples;
    }

    /// <summary>Returns the samples if the benchmark left no segment behind.</summary>
    /// <exception cref="BenchmarkFailedException">The benchmark left segments behind.</exception>
    private static SamplingResult RequireNoneLeft(SamplingResult samples) => samples.LeftSegments.Count == 0
        ? samples
        : throw new BenchmarkFailedException(
            $"After the benchmark, {CountText.Of(samples.LeftSegments.Count, "segment")} stayed in {MachineResources.SharedMemoryFolder}: "
            + $"{samples.LeftSegments[0]}{(samples.LeftSegments.Count > 1 ? " and others" : "")}. "
            + "Likely cause: disposing or freeing no longer unmaps a segment or removes its name.");
}
