using System.Globalization;
using PerfTests.Machine;
using PerfTests.Metrics.Scenarios.Lifecycle;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Counted;

/// <summary>
/// Page faults, counted by the kernel, of a thread that allocates, writes and frees in an arena that was mapped beforehand. There
/// must be none: free blocks are never touched, and metadata is mapped before it is used.
/// </summary>
public sealed class PageFaultsPerOperation()
    : CountedMetric("page_faults_per_operation", new MetricUnit("page_faults", "page faults", Direction.Lower, IsCount: true))
{
    /// <summary>Number of operations during which faults are counted. Half of them allocate, half free.</summary>
    public const int Operations = 100_000;

    private const int BatchBlocks = 256;

    /// <summary>Maximum number of bytes in a batch of blocks. The capacity of the arena is twice as much.</summary>
    private const long MaxBatchBytes = 16L << 20;

    private const int Attempts = 3;

    /// <summary>Longest time that mapping 32 MiB may take.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private static readonly long[] s_slabSizes = [64, 100, 700, 4096, 9000, 70_000, 300_000, 2 << 20];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parameters => ["of"];

    /// <inheritdoc/>
    protected override IEnumerable<CountedRow> CreateRows() =>
    [
        Of("allocate_and_free", "allocate, write and free 64 B to 2 MiB in a prefaulted arena", OfSlabs),
        Of(
            "allocate_and_free_after_background_prefault",
            "allocate, write and free 64 B to 2 MiB in an arena that was prefaulted in the background",
            OfSlabsInBackground),
        Of("allocate_and_free_large", "allocate, write and free 3 MB in a prefaulted arena", OfLarge),
    ];

    /// <summary>Makes a row. Its arena is mapped as a whole, so the row needs memory for the whole arena.</summary>
    private CountedRow Of(string name, string title, Func<(double Value, string Detail)> count) =>
        Row(Allocators.Arena, name, $"Page faults per operation: {title}", Counting.By(count), bound: 0) with
        {
            Needs = ScenarioNeeds.ReservedArena(2 * MaxBatchBytes),
        };

    /// <summary>Counts faults with small, medium and large blocks in turn, all of which fit into slabs.</summary>
    public static (double Value, string Detail) OfSlabs() => PerOperation(inBackground: false, s_slabSizes);

    /// <summary>Counts faults with the same blocks, after a background thread has mapped the arena.</summary>
    public static (double Value, string Detail) OfSlabsInBackground() => PerOperation(inBackground: true, s_slabSizes);

    /// <summary>Counts faults with blocks that are too large for slabs.</summary>
    public static (double Value, string Detail) OfLarge() => PerOperation(inBackground: false, 3_000_000);

    /// <summary>
    /// Counts the faults while batches of blocks are allocated and then freed in random order. If the arena is mapped beforehand,
    /// the same number of operations runs before them, to warm up.
    /// </summary>
    /// <param name="byteCounts">Sizes of blocks in bytes; a batch takes them in turn.</param>
    /// <param name="prefault">True to map the arena beforehand. If the arena is not mapped, page faults must occur.</param>
    /// <param name="touch">True to write the first byte of each block.</param>
    /// <param name="inBackground">True to map the arena by a background thread, and to wait until it is mapped.</param>
    public static long Count(IReadOnlyList<long> byteCounts, bool prefault = true, bool touch = true, bool inBackground = false)
    {
        ArgumentNullException.ThrowIfNull(byteCounts);
        var batchBlocks = (int)Math.Min(BatchBlocks, MaxBatchBytes / (long)byteCounts.Average());
        using var arena = ShmArena.Create(new ShmArenaOptions
        {
            CapacityBytes = 2 * MaxBatchBytes,
            Prefault = prefault && !inBackground,
            PrefaultInBackground = inBackground,
        });
        if (arena.BackgroundPrefault?.Wait(s_patience) is false)
        {
            throw new TimeoutException("The arena was not mapped within a minute.");
        }

        if (arena.BackgroundPrefault is { Failure: { } failure })
        {
            throw PrefaultFailure.Explain(failure);
        }

        long[] sizes = [.. byteCounts];
        var blocks = new ShmBlock[batchBlocks];
        int[] order = [.. Enumerable.Range(0, batchBlocks)];
        new Random(5).Shuffle(order);

        if (prefault)
        {
            Run(arena, sizes, blocks, order, touch);
        }

        var before = PageFaults.OfThisThread();
        Run(arena, sizes, blocks, order, touch);
        return PageFaults.OfThisThread() - before;
    }

    /// <summary>
    /// Returns the lowest count of a few attempts. The kernel may move a page, and mapping the page again is a fault that the
    /// operation did not cause. A fault that the operation causes occurs in every attempt.
    /// </summary>
    private static (double Value, string Detail) PerOperation(bool inBackground, params long[] byteCounts)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            least = Math.Min(least, Count(byteCounts, inBackground: inBackground));
        }

        var sizes = string.Join(", ", byteCounts.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)));
        var detail = FormattableString.Invariant($"{least:N0} in {Operations:N0} operations on blocks of {sizes} B");
        return ((double)least / Operations, detail);
    }

    private static unsafe void Run(ShmArena arena, long[] sizes, ShmBlock[] blocks, int[] order, bool touch)
    {
        for (var operation = 0; operation < Operations; operation += 2 * blocks.Length)
        {
            for (var index = 0; index < blocks.Length; index++)
            {
                blocks[index] = arena.Allocate(sizes[index % sizes.Length]);
                if (touch)
                {
                    *(byte*)arena.GetAddress(blocks[index]) = (byte)index;
                }
            }

            foreach (var index in order)
            {
                arena.Free(blocks[index]);
            }
        }
    }
}
