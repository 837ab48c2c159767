namespace PerfTests.Metrics.Scenarios;

/// <summary>Sizes that the scenarios share.</summary>
internal static class BlockSize
{
    /// <summary>Size at which allocation and transfer are measured, as in the framework that this suite replaces.</summary>
    public const long OneMebibyte = 1 << 20;

    /// <summary>One page, the least that a segment takes, so that 10,000 of them are small.</summary>
    public const long OnePage = 4096;
}
