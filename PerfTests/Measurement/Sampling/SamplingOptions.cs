namespace PerfTests.Measurement.Sampling;

/// <summary>Number and duration of samples. Measurement/README.md gives the reasons for the values.</summary>
internal sealed record SamplingOptions
{
    /// <summary>Number of samples in a batch. A preempted sample does not move the median of its batch.</summary>
    public const int SamplesPerBatch = 25;

    /// <summary>
    /// Minimum number of samples per layout copy. If there were fewer samples, a single preempted one could distort their
    /// median.
    /// </summary>
    public const int MinimumSamples = 5;

    /// <summary>Number of samples per layout copy if one round exceeds the whole budget, as one pass over a real trace does.</summary>
    public const int SamplesBeyondBudget = 2;

    /// <summary>Number of timed samples per layout copy.</summary>
    public int SamplesPerCopy { get; init; } = SamplesPerBatch;

    /// <summary>
    /// Duration of a sample: much longer than the clock's resolution, and much shorter than a time slice of the scheduler, so that
    /// most samples are not preempted.
    /// </summary>
    public TimeSpan SampleDuration { get; init; } = TimeSpan.FromMilliseconds(0.2);

    /// <summary>
    /// Duration of a first sample after which no other one warms the subject up, because the work itself is long, such as one pass over a
    /// real trace.
    /// </summary>
    public TimeSpan LongSample { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Time for the samples of all subjects. If the time does not suffice, fewer samples are taken, down to
    /// <see cref="MinimumSamples"/> per layout copy, or <see cref="SamplesBeyondBudget"/> if one round exceeds the budget.
    /// </summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(1.5);
}
