using Shm.Arena;
using Shm.Arena.Native;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>
/// Reserves a range of addresses for one arena, wide enough that an address computed from any damaged index lies within it. An
/// access outside the arena then kills the process.
/// </summary>
internal static class GuardedRange
{
    private static readonly long s_bytesBefore = 1L << 40, s_bytesAfter = 4L << 40;

    /// <summary>Reserves the range, and returns the address for the arena.</summary>
    internal static nint Reserve() => AddressSpace.Reserve(s_bytesBefore + s_bytesAfter, ArenaLayout.DataAlignment) + (nint)s_bytesBefore;
}
