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
    /// <exception cref="BenchmarkFailedException">
    /// The benchmark failed, the candidate leaves segments when it is measured alone, or the baseline fails beside the candidate but not
    /// alone.
    /// </exception>
    public SamplingResult MeasurePaired(
        MetricRow row, LibraryVersion baseline, LibraryVersion candidate, int processNumber, BenchmarkWrapper? wrapper = null)
    {
        SamplingResult samples;
        try
        {
            samples = pool.Measure(processNumber, MeasurementPlan.Paired(row, baseline, candidate, wrapper), log).RequirePossible();
        }
        catch (UnusableLibrariesException unusable) when (unusable.IsOfBaseline && !unusable.LacksApi)
        {
            RequireFailure(row, baseline, unusable);
            throw;
        }

        if (samples.LeftSegments.Count > 0)
        {
            // Only a candidate that leaves segments when it is measured alone is at fault.
            MeasureAlone(row, candidate, wrapper);
        }

        return samples;
    }

    /// <summary>
    /// Checks that the baseline fails alone too. Otherwise the candidate disturbs it, and that is a fault of the candidate.
    /// </summary>
    /// <exception cref="BenchmarkFailedException">The baseline succeeds alone.</exception>
    private static void RequireFailure(MetricRow row, LibraryVersion baseline, UnusableLibrariesException unusable)
    {
        try
        {
            MeasureAlone(row, baseline, null);
        }
        catch (BenchmarkFailedException)
        {
            return;
        }

        throw new BenchmarkFailedException(
            $"{baseline.Label} {unusable.Reason} beside the candidate, but not alone. Likely cause: the candidate leaks file descriptors, "
            + "mappings or memory. Fix it in the libraries.");
    }

    /// <summary>Measures a version in a process that measures nothing else. Its report and steps are not those of the row.</summary>
    private static void MeasureAlone(MetricRow row, LibraryVersion version, BenchmarkWrapper? wrapper)
    {
        using var process = new LaunchProcess();
        RequireNoneLeft(process.Measure(MeasurementPlan.Of(row, version, wrapper), new RowLog()));
    }

    /// <summary>Returns the samples if the benchmark left no segment behind.</summary>
    /// <exception cref="BenchmarkFailedException">The benchmark left segments behind.</exception>
    private static SamplingResult RequireNoneLeft(SamplingResult samples) => samples.LeftSegments.Count == 0
        ? samples
        : throw new BenchmarkFailedException(
            $"The benchmark left {CountText.Of(samples.LeftSegments.Count, "segment")} behind, mapped or in "
            + $"{MachineResources.SharedMemoryFolder}: {samples.LeftSegments[0]}{(samples.LeftSegments.Count > 1 ? " and others" : "")}. "
            + "Likely cause: disposing or freeing does not unmap a segment or remove its name. Fix it in the libraries, or let the "
            + "benchmark dispose all that it creates.");
}
