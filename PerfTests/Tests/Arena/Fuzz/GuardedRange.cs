using Shm.Arena;
using Shm.Arena.Native;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>
/// A range of addresses in which nothing but one arena is mapped, as wide as any index in shared memory can lead:
/// whatever leaves the arena kills the process.
/// </summary>
internal static class GuardedRange
{
    private static readonly long s_bytesBefore = 1L << 40, s_bytesAfter = 4L << 40;

    /// <summary>Where to map the arena.</summary>
    internal static nint Reserve() => AddressSpace.Reserve(s_bytesBefore + s_bytesAfter, ArenaLayout.DataAlignment) + (nint)s_bytesBefore;
}
