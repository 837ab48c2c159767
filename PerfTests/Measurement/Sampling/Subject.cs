namespace PerfTests.Measurement.Sampling;

/// <summary>
/// One layout copy of the code under test, ready to be timed. The addresses of its code and data are random and stay the same
/// while the process runs. The addresses influence how long the code takes.
/// </summary>
internal sealed class Subject
{
    /// <summary>Name of the side that this copy belongs to; copies of one side are compared with copies of another.</summary>
    public required string Side { get; init; }

    /// <summary>Number of the layout copy.</summary>
    public required int Copy { get; init; }

    /// <summary>
    /// Name of the work. Subjects with the same work do the same number of operations per sample. A number that depended on the speed
    /// of a side would hide differences between sides.
    /// </summary>
    public required string Work { get; init; }

    /// <summary>Runs the benchmark method a number of times.</summary>
    public required Action<long> Invoke { get; init; }

    /// <summary>Number of operations in one run of the benchmark method.</summary>
    public required long OperationsPerInvoke { get; init; }

    /// <summary>Untimed work before each sample, or null. If there is untimed work, a sample is a single invocation.</summary>
    public Action? BeforeSample { get; init; }

    /// <summary>Untimed work after each sample, or null. If there is untimed work, a sample is a single invocation.</summary>
    public Action? AfterSample { get; init; }

    /// <summary>
    /// Reads the percentiles of the latest sample; null if the benchmark does not time single operations. If it does, the 99th
    /// percentile is the value of a sample, by both clocks.
    /// </summary>
    public Func<IReadOnlyList<double>>? Percentiles { get; init; }

    /// <summary>True if each sample must be a single invocation.</summary>
    public bool IsSingleInvocation => BeforeSample is not null || AfterSample is not null;
}
