using Shm.Arena;
using Shm.Core;

namespace PerfTests.KillTest.Workers;

/// <summary>Fills blocks with a pattern, so that a write through another block with the same bytes is detected.</summary>
internal static unsafe class BlockPattern
{
    /// <summary>
    /// Small blocks are written once per cache line. Larger blocks are written once per 16 KiB, because the first write to a page
    /// takes microseconds.
    /// </summary>
    private const long LineBytes = 64, StrideBytes = 16384, MaxDenseBytes = 4096;

    internal static void Write(ShmArena arena, in ShmBlock block, ulong stamp)
    {
        var address = arena.GetAddress(block);
        for (long at = 0; at >= 0; at = Next(at, block.ByteCount))
        {
            *(ulong*)(address + at) = stamp ^ (ulong)at;
        }
    }

    /// <exception cref="KillTestException">The bytes are not those that were written.</exception>
    /// <exception cref="ShmException">The block is not live.</exception>
    internal static void Check(ShmArena arena, in ShmBlock block, ulong stamp, bool isOffered = false)
    {
        // The arena gives no address for an offered block.
        var address = isOffered ? arena.BaseAddress + (nint)block.Offset : arena.GetAddress(block);
        for (long at = 0; at >= 0; at = Next(at, block.ByteCount))
        {
            var found = *(ulong*)(address + at);
            if (found != (stamp ^ (ulong)at))
            {
                throw new KillTestException($"{block} was overwritten: byte {at} holds {found:x}, expected {stamp ^ (ulong)at:x}");
            }
        }
    }

    /// <summary>
    /// Returns the offset of the next word of the pattern; -1 after the last word, which ends where the block ends. Words do
    /// not overlap.
    /// </summary>
    private static long Next(long at, long byteCount)
    {
        var last = byteCount - sizeof(ulong);
        var next = at + (byteCount <= MaxDenseBytes ? LineBytes : StrideBytes);
        next = next + sizeof(ulong) > last ? last : next;
        return next < at + sizeof(ulong) ? -1 : next;
    }
}
