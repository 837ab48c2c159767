namespace PerfTests.Measurement.Sampling;

/// <summary>
/// One copy of the code under test, ready to be timed. Copies of the same code differ: where the code and its
/// data lie is drawn once per process and copy, and it moves the time by up to 16 % and more.
/// </summary>
internal sealed class Subject
{
    /// <summary>Which version this is a copy of; copies of one side are compared with copies of another.</summary>
    public required string Side { get; init; }

    /// <summary>The number of the copy within its side, from 0.</summary>
    public required int Copy { get; init; }

    /// <summary>
    /// Subjects of the same work do the same number of operations a chunk. That number is never tuned to one
    /// side's own speed: it would hide a difference.
    /// </summary>
    public required string Work { get; init; }

    /// <summary>Runs the benchmark method so many times.</summary>
    public required Action<long> Invoke { get; init; }

    /// <summary>Operations in one run of the benchmark method.</summary>
    public required long OperationsPerInvoke { get; init; }

    /// <summary>Runs before each chunk, untimed; a chunk is then a single invocation.</summary>
    public Action? BeforeSample { get; init; }

    /// <summary>Runs after each chunk, untimed; a chunk is then a single invocation.</summary>
    public Action? AfterSample { get; init; }

    /// <summary>True if each chunk has to be a single invocation.</summary>
    public bool IsSingleInvocation => BeforeSample is not null || AfterSample is not null;
}
