namespace PerfTests.AllocatorComparison;

/// <summary>What is done with an allocator; every block of a workload is of one size.</summary>
internal enum Workload
{
    /// <summary>Allocate and free at once: the block that comes next is the one that just went.</summary>
    Pairs,

    /// <summary>256 allocations, then 256 frees in random order.</summary>
    RandomBatches,

    /// <summary><see cref="Pairs"/> in two threads at once.</summary>
    TwoThreadsPairs,

    /// <summary>64 allocations, then 64 frees in random order, in two threads at once.</summary>
    TwoThreadsBatches,

    /// <summary>One thread allocates; another frees.</summary>
    RemoteFrees,
}
