using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Kill.Workers;

/// <summary>What is written into a block, so that whoever else writes there is found out.</summary>
internal static unsafe class BlockPattern
{
    /// <summary>Small blocks are written in every cache line, others once in so many bytes: a first touch of a page takes microseconds.</summary>
    private const long LineBytes = 64, StrideBytes = 16384, MostDenseBytes = 4096;

    internal static void Write(ShmArena arena, in ShmBlock block, ulong stamp)
    {
        nint address = arena.GetAddress(block);
        for (long at = 0; at >= 0; at = Next(at, block.ByteCount))
        {
            *(ulong*)(address + at) = stamp ^ (ulong)at;
        }
    }

    /// <exception cref="KillTestException">Somebody else wrote there, or the block is not live.</exception>
    internal static void Check(ShmArena arena, in ShmBlock block, ulong stamp, bool isOffered = false)
    {
        // A block on offer has an address for nobody yet.
        nint address = isOffered ? arena.BaseAddress + (nint)block.Offset : arena.GetAddress(block);
        for (long at = 0; at >= 0; at = Next(at, block.ByteCount))
        {
            ulong found = *(ulong*)(address + at);
            if (found != (stamp ^ (ulong)at))
            {
                throw new KillTestException($"{block} was overwritten: at {at} stands {found:x} instead of {stamp ^ (ulong)at:x}");
            }
        }
    }

    /// <summary>The next place to write to; the last is at the end; -1 after that. No two overlap.</summary>
    private static long Next(long at, long byteCount)
    {
        long last = byteCount - sizeof(ulong);
        long next = at + (byteCount <= MostDenseBytes ? LineBytes : StrideBytes);
        next = next + sizeof(ulong) > last ? last : next;
        return next < at + sizeof(ulong) ? -1 : next;
    }
}
