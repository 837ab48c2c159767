using BenchmarkDotNet.Attributes;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Counts what an arena with a number of live blocks contains.</summary>
public class StatisticsGrowth : GrowthScenario
{
    [Benchmark]
    public long GetStatistics() => Arena.GetStatistics().LiveBlockCount;
}
