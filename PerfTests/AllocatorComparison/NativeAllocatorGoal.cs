namespace PerfTests.AllocatorComparison;

/// <summary>Goal of the arena in one workload: how its time must compare with the time of another allocator.</summary>
/// <param name="AtMostRatio">
/// Largest ratio that meets the goal: the arena's time divided by the other allocator's time in the native loop.
/// </param>
/// <param name="StretchRatio">Ratio of a more ambitious goal; null if there is none.</param>
internal sealed record NativeAllocatorGoal(double AtMostRatio, double? StretchRatio = null)
{
    /// <summary>Size up to which blocks are small, in bytes.</summary>
    private const int SmallBytes = 64;

    /// <summary>Goal for small blocks in workloads in which an allocator cannot reuse the last block each time.</summary>
    private const double SmallRatio = 1.2;

    /// <summary>Goal with many live blocks: half of the other allocator's time.</summary>
    private const double ChurnRatio = 1 / 2.0;

    /// <summary>
    /// Goal against Boost.Interprocess, the only other allocator in shared memory: the arena is twelve times as fast.
    /// </summary>
    private const double BoostRatio = 1.0 / 12;

    /// <summary>
    /// Goal with two threads and larger blocks: one and a half times as many allocations and frees per second as the other
    /// allocator.
    /// </summary>
    private const double TwoThreadsRatio = 1 / 1.5;

    /// <summary>Goal when one thread allocates and another frees: twice as many blocks per second as the other allocator.</summary>
    private const double RemoteFreesRatio = 1 / 2.0;

    /// <summary>Returns the goal for a workload against an allocator, or null if there is none.</summary>
    public static NativeAllocatorGoal? Of(Workload workload, int blockBytes, NativeAllocator allocator)
    {
        if (allocator == NativeAllocator.Boost)
        {
            return workload is Workload.Pairs or Workload.RandomBatches ? new NativeAllocatorGoal(BoostRatio) : null;
        }

        if (allocator == NativeAllocator.Jemalloc)
        {
            return workload == Workload.RemoteFrees && blockBytes <= SmallBytes ? new NativeAllocatorGoal(1) : null;
        }

        return allocator != NativeAllocator.Mimalloc ? null : workload switch
        {
            Workload.RandomBatches or Workload.TwoThreadsBatches or Workload.CacheScratch when blockBytes <= SmallBytes =>
                new NativeAllocatorGoal(SmallRatio, StretchRatio: 1),
            Workload.RandomChurn when blockBytes <= SmallBytes => new NativeAllocatorGoal(SmallRatio, StretchRatio: ChurnRatio),
            Workload.TwoThreadsPairs or Workload.TwoThreadsBatches when blockBytes > SmallBytes => new NativeAllocatorGoal(TwoThreadsRatio),
            Workload.RemoteFrees => new NativeAllocatorGoal(RemoteFreesRatio),
            Workload.RandomChurn => new NativeAllocatorGoal(ChurnRatio),
            _ => new NativeAllocatorGoal(1),
        };
    }
}
