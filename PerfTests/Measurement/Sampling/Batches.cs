using PerfTests.Statistics;

namespace PerfTests.Measurement.Sampling;

/// <summary>Divides the samples of one layout copy into batches of consecutive samples.</summary>
internal static class Batches
{
    /// <summary>
    /// Returns the median of each batch of <see cref="SamplingOptions.SamplesPerBatch"/> consecutive samples. Samples left
    /// over at the end belong to the last batch.
    /// </summary>
    public static double[] Medians(IReadOnlyList<double> samples)
    {
        var batchCount = Math.Max(1, samples.Count / SamplingOptions.SamplesPerBatch);
        var medians = new double[batchCount];
        for (var batch = 0; batch < batchCount; batch++)
        {
            var start = batch * SamplingOptions.SamplesPerBatch;
            var count = batch == batchCount - 1 ? samples.Count - start : SamplingOptions.SamplesPerBatch;
            medians[batch] = Median.Of(samples.Skip(start).Take(count));
        }

        return medians;
    }
}
