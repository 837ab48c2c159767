namespace PerfTests.Measurement.Sampling;

/// <summary>How much is sampled. The defaults are those of the measured error rates in the project's design notes.</summary>
internal sealed record SamplingOptions
{
    /// <summary>Chunks in a block; the median of a block is what preemption cannot move.</summary>
    public const int SamplesPerBatch = 25;

    /// <summary>Fewer than this, and a median is no protection.</summary>
    public const int MinimumSamples = 5;

    /// <summary>Where a single chunk is longer than the whole budget (a pass of a real trace), so many.</summary>
    public const int SamplesBeyondBudget = 2;

    /// <summary>Timed chunks per copy.</summary>
    public int SamplesPerCopy { get; init; } = SamplesPerBatch;

    /// <summary>
    /// The length of a chunk: long beside the clock's resolution, short beside a scheduler's time slice, so that
    /// most chunks are not preempted at all.
    /// </summary>
    public TimeSpan SampleDuration { get; init; } = TimeSpan.FromMilliseconds(0.2);

    /// <summary>Beyond this, fewer chunks are taken (at least <see cref="MinimumSamples"/>).</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(1.5);
}
