namespace PerfTests.Measurement.Sampling;

/// <summary>Raw samples of one layout copy, in nanoseconds per operation and in the order in which they were taken.</summary>
/// <param name="Side">Name of the side.</param>
/// <param name="Copy">Number of the layout copy.</param>
/// <param name="OperationsPerSample">Number of operations in each sample.</param>
/// <param name="WallNanoseconds">Times by the monotonic clock.</param>
/// <param name="CpuNanoseconds">Times by the thread's CPU clock, which stops while the thread is preempted.</param>
/// <param name="ManagedBytesPerOperation">Bytes that the benchmark's thread allocated on the managed heap; an exact count.</param>
/// <param name="Percentiles">Percentiles of each sample; empty if the benchmark does not time single operations.</param>
internal sealed record SubjectSamples(
    string Side,
    int Copy,
    long OperationsPerSample,
    IReadOnlyList<double> WallNanoseconds,
    IReadOnlyList<double> CpuNanoseconds,
    double ManagedBytesPerOperation,
    IReadOnlyList<LatencyPercentiles>? Percentiles = null);
