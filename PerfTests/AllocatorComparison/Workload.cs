namespace PerfTests.AllocatorComparison;

/// <summary>Sequence of allocations and frees that is timed; all blocks of one run have the same size.</summary>
internal enum Workload
{
    /// <summary>Each block is freed before the next is allocated, so an allocator may reuse the same block each time.</summary>
    Pairs,

    /// <summary>256 allocations, then 256 frees in random order.</summary>
    RandomBatches,

    /// <summary><see cref="Pairs"/> in two threads at the same time.</summary>
    TwoThreadsPairs,

    /// <summary>64 allocations, then 64 frees in random order, in two threads at the same time.</summary>
    TwoThreadsBatches,

    /// <summary>One thread allocates blocks; another thread frees them.</summary>
    RemoteFrees,
}
