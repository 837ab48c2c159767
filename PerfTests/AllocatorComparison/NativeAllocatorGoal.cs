namespace PerfTests.AllocatorComparison;

/// <summary>What the arena aims at beside one allocator.</summary>
/// <param name="AtMostRatio">The arena's time divided by the allocator's native loop's.</param>
/// <param name="StretchRatio">What would be better still, or null.</param>
internal sealed record NativeAllocatorGoal(double AtMostRatio, double? StretchRatio = null)
{
    private const int SmallestBlockBytes = 64;

    /// <summary>Twelve times as fast as the one allocator that serves shared memory.</summary>
    private const double BoostRatio = 1.0 / 12;

    /// <summary>One and a half times as many pairs a second in two threads.</summary>
    private const double TwoThreadsRatio = 1 / 1.5;

    /// <summary>Twice as many blocks a second that another thread frees.</summary>
    private const double RemoteFreesRatio = 1 / 2.0;

    /// <summary>The goal of a workload, or null where there is none.</summary>
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
