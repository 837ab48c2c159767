using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Chooses at random the addresses that are looked up.</summary>
internal static class LookupKeys
{
    /// <summary>
    /// Maximum number of addresses; a power of two. A branch predictor cannot learn a sequence of this length. With one fixed
    /// address the layout of the code changes the time of a scan by up to 86 %.
    /// </summary>
    public const int MaxKeys = 4096;

    /// <summary>
    /// Returns the number of addresses for a scan of this many segments. It is smaller for many segments, because each scan then
    /// takes long, and an invocation must not be many times as long as a sample.
    /// </summary>
    public static int CountForScan(int segments) => Math.Clamp(400_000 / segments, 256, MaxKeys);

    /// <summary>Length of the range that each lookup asks for, in bytes.</summary>
    public const int RangeByteCount = 64;

    /// <summary>Fixed seed, so that every run of every version looks up the same offsets of the same blocks.</summary>
    private const int Seed = 20260128;

    /// <summary>Chooses random addresses, evenly distributed over the blocks and over the offsets in a block.</summary>
    public static ulong[] Draw(IShmAllocator allocator, IReadOnlyList<ShmBlock> blocks, int count) => Draw(count, random =>
    {
        var block = blocks[random.Next(blocks.Count)];
        return (ulong)allocator.GetAddress(block) + (ulong)random.NextInt64(block.ByteCount - RangeByteCount);
    });

    /// <summary>Chooses random addresses, evenly distributed over the first <paramref name="dataBytes"/> bytes of each slot.</summary>
    public static ulong[] DrawInSlots(ulong baseAddress, long slotBytes, int slots, long dataBytes) =>
        Draw(
            MaxKeys,
            random => baseAddress + (ulong)(slotBytes * random.Next(slots)) + (ulong)random.NextInt64(dataBytes - RangeByteCount));

    private static ulong[] Draw(int count, Func<Random, ulong> next)
    {
        var random = new Random(Seed);
        var keys = new ulong[count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = next(random);
        }

        return keys;
    }

    /// <summary>Allocates the blocks in which addresses are looked up.</summary>
    public static ShmBlock[] AllocateBlocks(IShmAllocator allocator, int count)
    {
        var blocks = new ShmBlock[count];
        for (var i = 0; i < count; i++)
        {
            blocks[i] = allocator.Allocate(BlockSize.OnePage);
        }

        return blocks;
    }
}
