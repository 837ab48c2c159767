using System.Numerics;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// First bytes of the arena: the fields that never change, which a checksum covers, then the fields that the supply lock guards,
/// then counters. Each group has cache lines of its own.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct ArenaHeader
{
    /// <summary>"ShmArena" in ASCII, little-endian.</summary>
    internal const ulong MagicValue = 0x616E657241_6D6853;

    internal const int ByteCount = 1024;
    internal const int LengthKinds = 40;

    /// <summary>Magic number, which is written last: an arena without it is not complete.</summary>
    [FieldOffset(0)] internal ulong Magic;
    [FieldOffset(8)] internal uint Version;
    [FieldOffset(12)] internal uint Checksum;
    [FieldOffset(16)] internal long CapacityBytes;
    [FieldOffset(24)] internal long TotalBytes;

    /// <summary>Random number that distinguishes this arena from every other arena, including an earlier arena of the same name.</summary>
    [FieldOffset(32)] internal ulong Identity;
    [FieldOffset(40)] internal uint PartBytes;
    [FieldOffset(44)] internal uint ClassCount;
    [FieldOffset(48)] internal uint ProcessCount;
    [FieldOffset(52)] internal uint HeapCount;

    /// <summary>1 if every page of data was reserved at creation.</summary>
    [FieldOffset(56)] internal uint IsReserved;

    /// <summary>Token of the process that holds the supply lock; 0 if none does.</summary>
    [FieldOffset(128)] internal ulong SupplyLock;

    /// <summary>No part at or above this index was ever used.</summary>
    [FieldOffset(192)] internal long PartsEverUsed;
    [FieldOffset(200)] internal long PagesInUse;
    [FieldOffset(208)] internal long PeakPagesInUse;

    /// <summary>
    /// Number of slabs and large blocks ever created. The first generations of a new slab's blocks are computed from this
    /// number.
    /// </summary>
    [FieldOffset(216)] internal ulong SlabsEverMade;

    /// <summary>No heap slot at or above this index was ever used.</summary>
    [FieldOffset(224)] internal long HeapsEverUsed;

    /// <summary>Index at which the search for unused parts begins.</summary>
    [FieldOffset(232)] internal long SearchPartsFrom;

    /// <summary>Page at which the search for a run of free pages begins, for each binary logarithm of the run's length.</summary>
    [FieldOffset(256)] internal fixed long SearchFrom[LengthKinds];

    /// <summary>Number of allocations that found no room.</summary>
    [FieldOffset(640)] internal long FailureCount;

    /// <summary>
    /// Number of departures of processes. A recovery is due while this number differs from <see cref="RecoveredDepartures"/>.
    /// </summary>
    [FieldOffset(704)] internal long Departures;

    /// <summary>Value of <see cref="Departures"/> when the last complete recovery began.</summary>
    [FieldOffset(712)] internal long RecoveredDepartures;

    /// <summary>No process slot at or above this index was ever used.</summary>
    [FieldOffset(720)] internal long ProcessesEverUsed;

    /// <summary>Marks a new arena as complete.</summary>
    internal void Publish() => Volatile.Write(ref Magic, MagicValue);

    internal ulong ReadMagic() => Volatile.Read(ref Magic);

    internal bool TryTakeSupplyLock(uint process) => TryTakeSupplyLockFrom(0, process);

    /// <summary>
    /// Takes the supply lock over from a process that has exited. Tokens are never reused, so if several processes try, only
    /// one succeeds.
    /// </summary>
    internal bool TryTakeSupplyLockFrom(ulong holder, uint process) =>
        Interlocked.CompareExchange(ref SupplyLock, process, holder) == holder;

    internal ulong ReadSupplyLockHolder() => Volatile.Read(ref SupplyLock);

    internal void ReleaseSupplyLock(uint process) => Interlocked.CompareExchange(ref SupplyLock, 0, process);

    internal long ReadPartsEverUsed() => Volatile.Read(ref PartsEverUsed);

    /// <summary>
    /// Raises <see cref="PartsEverUsed"/>. Call this before a slab exists in the added parts, since recovery ignores all parts
    /// beyond the number.
    /// </summary>
    internal void RaisePartsEverUsed(long count) => Volatile.Write(ref PartsEverUsed, count);

    internal void CountFailure() => Interlocked.Increment(ref FailureCount);

    internal long ReadFailureCount() => Volatile.Read(ref FailureCount);

    /// <summary>Makes a recovery due: the next process that attaches or finds no room runs a recovery.</summary>
    internal void CountDeparture() => Interlocked.Increment(ref Departures);

    internal long ReadDepartures() => Volatile.Read(ref Departures);

    internal long ReadRecoveredDepartures() => Volatile.Read(ref RecoveredDepartures);

    internal void RecordRecovery(long departures) => Volatile.Write(ref RecoveredDepartures, departures);

    internal long ReadProcessesEverUsed() => Volatile.Read(ref ProcessesEverUsed);

    internal void RaiseProcessesEverUsed(long count)
    {
        for (long seen; (seen = Volatile.Read(ref ProcessesEverUsed)) < count;)
        {
            Interlocked.CompareExchange(ref ProcessesEverUsed, count, seen);
        }
    }

    /// <summary>Computes the CRC-32C of the fields that never change.</summary>
    internal static uint ComputeChecksum(ArenaHeader* header)
    {
        var checksum = BitOperations.Crc32C(0u, header->Version);
        var fields = (ulong*)&header->CapacityBytes;
        for (var index = 0; index < 6; index++)
        {
            checksum = BitOperations.Crc32C(checksum, fields[index]);
        }

        return checksum;
    }
}
