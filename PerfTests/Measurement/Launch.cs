using PerfTests.Machine;
using PerfTests.Measurement.Sampling;
using PerfTests.Statistics;

namespace PerfTests.Measurement;

/// <summary>Measurement of one row by one process.</summary>
/// <param name="Minima">Smallest batch median of the row, and of each calibration loop timed beside it.</param>
/// <param name="MedianNanoseconds">Median of the batch medians, per operation.</param>
/// <param name="ManagedBytesPerOperation">Bytes allocated on the managed heap per operation; an exact count.</param>
/// <param name="SampleNanoseconds">Raw samples in nanoseconds per operation, by the wall clock; one list per layout copy.</param>
public sealed record Launch(
    LaunchMinima Minima,
    double MedianNanoseconds,
    double ManagedBytesPerOperation,
    IReadOnlyList<IReadOnlyList<double>> SampleNanoseconds)
{
    /// <summary>
    /// Percentiles of the durations of single operations: the median over all samples, and the longest duration; null if the row does
    /// not time single operations.
    /// </summary>
    public LatencyPercentiles? Percentiles { get; init; }

    /// <summary>Summarises the samples of one side.</summary>
    /// <exception cref="CannotMeasureHereException">A time cannot have been measured.</exception>
    internal static Launch Of(SamplingResult result, string side)
    {
        var copies = result.RequirePossible().Subjects.Where(subject => subject.Side == side).ToArray();
        var medians = copies.SelectMany(copy => Batches.Medians(copy.WallNanoseconds)).ToArray();
        return new Launch(
            new LaunchMinima(
                medians.Min(),
                Minimum(result.CalibrationSamples.Select(sample => sample.SerialNanoseconds)),
                Minimum(result.CalibrationSamples.Select(sample => sample.ParallelNanoseconds))),
            Median.Of(medians),
            copies.Max(copy => copy.ManagedBytesPerOperation),
            [.. copies.Select(copy => copy.WallNanoseconds)])
        {
            Percentiles = Summarise([.. copies.SelectMany(copy => copy.Percentiles ?? [])]),
        };
    }

    private static LatencyPercentiles? Summarise(IReadOnlyList<LatencyPercentiles> samples) => samples.Count == 0
        ? null
        : new(
            Median.Of(samples.Select(sample => sample.P50Nanoseconds)),
            Median.Of(samples.Select(sample => sample.P99Nanoseconds)),
            Median.Of(samples.Select(sample => sample.P999Nanoseconds)),
            samples.Max(sample => sample.MaximumNanoseconds));

    private static double Minimum(IEnumerable<double> samples) => Batches.Medians([.. samples]).Min();
}
