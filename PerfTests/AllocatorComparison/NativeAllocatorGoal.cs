namespace PerfTests.AllocatorComparison;

/// <summary>The arena's goal in one workload against one other allocator.</summary>
/// <param name="AtMostRatio">Largest ratio that meets the goal: the arena's time divided by the time of the other's native loop.</param>
/// <param name="StretchRatio">A more ambitious ratio, or null.</param>
internal sealed record NativeAllocatorGoal(double AtMostRatio, double? StretchRatio = null)
{
    private const int SmallestBlockBytes = 64;

    /// <summary>Twelve times as fast as Boost.Interprocess, the only other allocator in shared memory.</summary>
    private const double BoostRatio = 1.0 / 12;

    /// <summary>One and a half times as many allocations and frees per second in two threads.</summary>
    private const double TwoThreadsRatio = 1 / 1.5;

    /// <summary>Twice as many blocks per second when another thread frees them.</summary>
    private const double RemoteFreesRatio = 1 / 2.0;

    /// <summary>Returns the goal of a workload, or null if it has none.</summary>
    public static NativeAllocatorGoal? Of(Workload workload, int blockBytes, NativeAllocator allocator)
    {
        if (allocator == NativeAllocator.Boost)
        {
            return workload is Workload.Pairs or Workload.RandomBatches ? new NativeAllocatorGoal(BoostRatio) : null;
        }

        return allocator != NativeAllocator.Mimalloc ? null : workload switch
        {
            Workload.Pairs or Workload.RandomBatches when blockBytes == SmallestBlockBytes => new NativeAllocatorGoal(1.2, StretchRatio: 1),
            Workload.Pairs or Workload.RandomBatches => new NativeAllocatorGoal(1),
            Workload.RemoteFrees => new NativeAllocatorGoal(RemoteFreesRatio),
            _ => blockBytes == SmallestBlockBytes ? null : new NativeAllocatorGoal(TwoThreadsRatio),
        };
    }
}
