using PerfTests.Statistics;

namespace PerfTests.Measurement.Sampling;

/// <summary>Medians of consecutive samples.</summary>
internal static class Batches
{
    /// <summary>
    /// The median of each block of <see cref="SamplingOptions.SamplesPerBatch"/> consecutive samples; what is left
    /// over joins the last block.
    /// </summary>
    public static double[] Medians(IReadOnlyList<double> samples)
    {
        var blockCount = Math.Max(1, samples.Count / SamplingOptions.SamplesPerBatch);
        var medians = new double[blockCount];
        for (var block = 0; block < blockCount; block++)
        {
            var start = block * SamplingOptions.SamplesPerBatch;
            var count = block == blockCount - 1 ? samples.Count - start : SamplingOptions.SamplesPerBatch;
            medians[block] = Median.Of(samples.Skip(start).Take(count));
        }

        return medians;
    }
}
