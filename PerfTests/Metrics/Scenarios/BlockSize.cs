namespace PerfTests.Metrics.Scenarios;

/// <summary>The sizes that the scenarios share.</summary>
internal static class BlockSize
{
    /// <summary>The size that allocation and transfer are measured at, as in the framework that this suite replaces.</summary>
    public const long OneMebibyte = 1 << 20;

    /// <summary>One page: what a segment costs at least, so that 10,000 of them are small.</summary>
    public const long OnePage = 4096;
}
