namespace PerfTests.AllocatorComparison;

/// <summary>
/// Sequence of allocations and frees that is timed. Only <see cref="CacheScratch"/> writes to its blocks, in every allocator
/// alike.
/// </summary>
internal enum Workload
{
    /// <summary>Each block is freed before the next is allocated, so an allocator may reuse the same block each time.</summary>
    Pairs,

    /// <summary>256 allocations, then 256 frees in random order.</summary>
    RandomBatches,

    /// <summary><see cref="Pairs"/> in two threads at the same time.</summary>
    TwoThreadsPairs,

    /// <summary>
    /// 64 allocations, then 64 frees in random order, in two threads at the same time. Like threadtest of Hoard's benchmarks
    /// (Berger, McKinley, Blumofe and Wilson, ASPLOS 2000), in which each thread frees what it has allocated.
    /// </summary>
    TwoThreadsBatches,

    /// <summary>
    /// One thread allocates blocks and passes them over a ring; another thread frees them. Like xmalloc-test of mimalloc-bench,
    /// whose threads either only allocate or only free.
    /// </summary>
    RemoteFrees,

    /// <summary>
    /// Blocks of uniform random sizes: each of two threads replaces random blocks among its 1,000 live blocks, and hands all of them
    /// over to the other thread after 10,000 replacements. After Larson and Krishnan (ISMM 1998), who simulate a server whose
    /// threads end and leave their blocks to new threads.
    /// </summary>
    Larson,

    /// <summary>
    /// Passive false sharing: one thread allocates a block for each of two threads. Each thread frees its block, and then
    /// allocates, writes and frees one block after another. If an allocator reuses the freed block, both threads write to one
    /// cache line. After cache-scratch of Hoard's benchmarks (Berger and others, ASPLOS 2000).
    /// </summary>
    CacheScratch,

    /// <summary>
    /// 256 live blocks of 16 B to 2 MiB, whose sizes are uniform on a logarithmic scale; random blocks are replaced. Such a
    /// distribution gives each size class of an allocator the same share of the blocks.
    /// </summary>
    LogUniformSizes,

    /// <summary>
    /// Replay of a KV-cache trace (Mooncake, FAST 2025) with 64 resident blocks, of which the least recently used is evicted. A
    /// block has 2 KiB for each of its tokens, so the last block of a prompt is smaller than the others.
    /// </summary>
    TraceReplay,

    /// <summary>
    /// Random blocks among many live blocks are replaced. The more blocks are live, the more of the allocator's metadata is outside
    /// the caches.
    /// </summary>
    RandomChurn,
}
