using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Operations that walk over an arena with 10,000 live blocks.</summary>
public class DiagnosisScenario : LiveBlockScenario
{
    /// <summary>Counts what the arena contains.</summary>
    [Benchmark]
    public long GetStatistics() => Arena.GetStatistics().LiveBlockCount;

    /// <summary>Reads the size of all live blocks.</summary>
    [Benchmark]
    public long UsedBytes() => Arena.UsedBytes;

    /// <summary>Enumerates the live blocks. An operation is one block.</summary>
    [Benchmark(OperationsPerInvoke = MaxBlocks)]
    public long EnumerateLiveBlocks()
    {
        long sum = 0;
        foreach (var live in Arena.LiveBlocks())
        {
            sum += live.Block.Offset;
        }

        return sum;
    }
}
