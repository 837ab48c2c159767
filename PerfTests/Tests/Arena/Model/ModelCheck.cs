using PerfTests.ArenaChecks;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena.Model;

/// <summary>Compares an arena with its model after each operation of a history.</summary>
internal static unsafe class ModelCheck
{
    private const int StepsPerExhaustion = 8;

    internal static void Check(ModelWorld world, int number)
    {
        var arena = world.Processes[number % world.Processes.Count].Arena;
        CheckBlocks(world, arena);
        CheckStatistics(world, arena);
        CheckFreeMemory(world, arena, number);
        CheckAddresses(world, arena, number);
        foreach (var freed in world.Freed.TakeLast(2).Append(world.Freed.ElementAtOrDefault(number % 40)))
        {
            Must.Refuse(() => arena.GetAddress(freed), "resolving a freed block");
        }
    }

    /// <summary>
    /// Returns the largest allowed block size for a request. There are eight size classes per doubling of the size; above 2 MiB
    /// a block consists of whole pages.
    /// </summary>
    internal static long MaxBlockBytes(long byteCount, long alignment)
    {
        var least = Math.Max(Math.Max(byteCount, alignment), 16);
        var maxOfClass = Math.Max(least + (least / 8) + 4, (least + alignment - 1) / alignment * alignment * 9 / 8);
        return Math.Max(maxOfClass, byteCount + ArenaLayout.PageBytes - 1);
    }

    internal static bool IsThere(ShmArena arena, ModelBlock block) =>
        arena.TryFindBlock(arena.BaseAddress + (nint)block.Handle.Offset, out var found)
        && found.Generation == block.Handle.Generation;

    internal static void Write(ShmArena arena, ModelBlock block)
    {
        var start = (byte*)arena.GetAddress(block.Handle);
        (start[0], start[block.Handle.ByteCount - 1]) = ((byte)block.Stamp, (byte)block.Stamp);
    }

    internal static void MustHoldStamp(ShmArena arena, ModelBlock block)
    {
        var start = (byte*)arena.GetAddress(block.Handle);
        Must.Be((start[0], start[block.Handle.ByteCount - 1]), ((byte)block.Stamp, (byte)block.Stamp), "the ends of a block");
    }

    private static void CheckBlocks(ModelWorld world, ShmArena arena)
    {
        ArenaBlock[] expected = [.. world.Blocks.OrderBy(block => block.Handle.Offset).Select(block => new ArenaBlock(
            block.Handle with { ByteCount = block.BlockBytes }, block.Holder.Member, block.IsOffered, block.Holder.IsAlive))];
        ArenaBlock[] found = [.. arena.LiveBlocks().OrderBy(block => block.Block.Offset)];
        if (!found.AsSpan().SequenceEqual(expected))
        {
            Assert.Fail($"live blocks are\n{string.Join('\n', found)}\nexpected\n{string.Join('\n', expected)}");
        }

        for (var index = 1; index < expected.Length; index++)
        {
            var isApart = expected[index].Block.Offset >= expected[index - 1].Block.Offset + expected[index - 1].Block.ByteCount;
            Must.Be(isApart, true, "neighbouring blocks do not overlap");
        }
    }

    private static void CheckStatistics(ModelWorld world, ShmArena arena)
    {
        var statistics = arena.GetStatistics();
        var usedBytes = world.Blocks.Sum(block => block.BlockBytes);
        Must.Be((statistics.UsedBytes, arena.UsedBytes), (usedBytes, usedBytes), "used bytes");
        Must.Be((statistics.LiveBlockCount, statistics.OfferedBlockCount),
            (world.Blocks.Count, world.Blocks.Count(block => block.IsOffered)), "blocks");
        Must.Be(statistics.FailureCount, world.FailureCount, "failures");
        Must.BeWithin(statistics.ClaimedBytes, usedBytes + statistics.FreeBytesInSlabs, arena.CapacityBytes, "claimed bytes");
        Must.BeWithin(statistics.MostClaimedBytes, statistics.ClaimedBytes, world.Claims.Bytes, "the most claimed bytes");
        Must.BeWithin(statistics.LongestFreeRunBytes, 0, arena.CapacityBytes - statistics.ClaimedBytes, "the longest free run");
    }

    /// <summary>
    /// Checks that no free memory is lost. The histories recover seldom, so these checks find what a recovery would heal.
    /// </summary>
    private static void CheckFreeMemory(ModelWorld world, ShmArena arena, int number)
    {
        var violations = ArenaInvariants.Violations(world.Memory);
        if (violations.Count > 0)
        {
            Assert.Fail(string.Join('\n', violations));
        }

        // Not after every step: this check makes the heap collect all blocks that other heaps have freed.
        if (number % StepsPerExhaustion == StepsPerExhaustion - 1)
        {
            Must.Be(FreeMemory.FindMissingFromSlabs(arena, world.Memory), null, "free blocks in slabs");
        }
    }

    private static void CheckAddresses(ModelWorld world, ShmArena arena, int number)
    {
        var random = new Random(number);
        for (var probe = 0; probe < 8; probe++)
        {
            var near = world.Blocks.Count > 0 ? world.Blocks[random.Next(world.Blocks.Count)] : null;
            var offset = near is null || probe % 2 == 0
                ? random.NextInt64(arena.CapacityBytes)
                : Math.Clamp(near.Handle.Offset + random.NextInt64(-2, near.BlockBytes + 2), 0, arena.CapacityBytes - 1);
            var expected = world.Blocks.Find(block => block.Holds(offset));
            var isFound = arena.TryFindBlock(arena.BaseAddress + (nint)offset, out var found);
            var whole = expected is null ? default : expected.Handle with { ByteCount = expected.BlockBytes };
            Must.Be((isFound, found), (expected is not null, whole), "the block of an address");
            var resolves = arena.TryResolve((ulong)arena.BaseAddress + (ulong)offset, 1, out var local);
            Must.Be((resolves, local), (true, arena.BaseAddress + (nint)offset), "a resolved address");
            if (near is { IsOffered: false })
            {
                MustHoldStamp(arena, near);
                Must.Be(arena.SizeOf(near.Handle), near.BlockBytes, "a block's size");
            }
        }
    }
}
