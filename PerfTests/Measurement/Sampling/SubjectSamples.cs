namespace PerfTests.Measurement.Sampling;

/// <summary>The raw samples of one copy: nanoseconds per operation, a figure per chunk, in the order taken.</summary>
/// <param name="Side">Which version this was a copy of.</param>
/// <param name="Copy">The number of the copy.</param>
/// <param name="OperationsPerSample">Operations in each chunk.</param>
/// <param name="WallNanoseconds">By the monotonic clock.</param>
/// <param name="CpuNanoseconds">By the thread's CPU clock, which stands still while the thread is preempted.</param>
/// <param name="ManagedBytesPerOperation">Bytes that the benchmark's thread allocated on the managed heap; exact.</param>
internal sealed record SubjectSamples(
    string Side,
    int Copy,
    long OperationsPerSample,
    IReadOnlyList<double> WallNanoseconds,
    IReadOnlyList<double> CpuNanoseconds,
    double ManagedBytesPerOperation);
