namespace PerfTests.AllocatorComparison;

/// <summary>Properties of workloads.</summary>
internal static class WorkloadKinds
{
    /// <summary>Tells whether two threads work at the same time.</summary>
    public static bool IsTwoThreaded(this Workload workload) => workload
        is Workload.TwoThreadsPairs or Workload.TwoThreadsBatches or Workload.RemoteFrees or Workload.Larson or Workload.CacheScratch;

    /// <summary>Tells whether the workload keeps many blocks live, so that the memory of the allocator is worth measuring.</summary>
    public static bool KeepsBlocks(this Workload workload) => workload
        is Workload.Larson or Workload.LogUniformSizes or Workload.TraceReplay or Workload.RandomChurn;

    /// <summary>Tells whether the workload writes to its blocks, so that functions that allocate nothing cannot run it.</summary>
    public static bool WritesToBlocks(this Workload workload) => workload == Workload.CacheScratch;

    /// <summary>Returns the size of the blocks as text: one size, or the range of mixed sizes.</summary>
    public static string SizeText(this Workload workload, int blockBytes) => workload switch
    {
        Workload.Larson or Workload.LogUniformSizes => $"16 B to {Bytes(blockBytes)}",
        Workload.TraceReplay => $"2 KiB to {Bytes(blockBytes)}",
        _ => Bytes(blockBytes),
    };

    private static string Bytes(int bytes) => bytes switch
    {
        >= 1 << 20 => FormattableString.Invariant($"{bytes >> 20} MiB"),
        >= 1 << 10 => FormattableString.Invariant($"{bytes >> 10} KiB"),
        _ => FormattableString.Invariant($"{bytes} B"),
    };
}
