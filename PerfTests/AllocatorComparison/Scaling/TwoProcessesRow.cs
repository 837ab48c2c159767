using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison.Scaling;

/// <summary>Time of two processes of one thread each beside the time of one process of two threads, in one arena.</summary>
/// <param name="BlockBytes">Size of each block, in bytes.</param>
/// <param name="ThreadsNanoseconds">Elapsed time of two threads, divided by the blocks of both.</param>
/// <param name="ProcessesNanoseconds">Elapsed time of two processes, divided by the blocks of both.</param>
/// <param name="ThroughputRatio">Throughput of two processes divided by the throughput of two threads.</param>
internal sealed record TwoProcessesRow(
    int BlockBytes, Quartiles ThreadsNanoseconds, Quartiles ProcessesNanoseconds, Quartiles ThroughputRatio)
{
    /// <summary>Largest difference of the two throughputs that meets the goal.</summary>
    public const double GoalFraction = 0.05;

    /// <summary>True if the median of the ratio meets the goal.</summary>
    public bool MeetsGoal => Math.Abs(ThroughputRatio.Median - 1) <= GoalFraction;
}
