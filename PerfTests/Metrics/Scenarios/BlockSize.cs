namespace PerfTests.Metrics.Scenarios;

/// <summary>Sizes that the scenarios share.</summary>
internal static class BlockSize
{
    /// <summary>Size at which allocation and transfer are measured, as by the scripts that this suite replaces.</summary>
    public const long OneMebibyte = 1 << 20;

    /// <summary>One page, the smallest size of a segment. 10,000 segments of one page take little memory.</summary>
    public const long OnePage = 4096;
}
