using System.Numerics;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// The arena's first page: what never changes, covered by a checksum, then what the supply lock guards, each kind on
/// cache lines of its own.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = (int)ArenaLayout.PageBytes)]
internal unsafe struct ArenaHeader
{
    /// <summary>"ShmArena" in ASCII, little-endian. Written last: an arena without it is not finished.</summary>
    internal const ulong MagicValue = 0x616E657241_6D6853;

    internal const int LengthKinds = 40;

    [FieldOffset(0)] internal ulong Magic;
    [FieldOffset(8)] internal uint Version;
    [FieldOffset(12)] internal uint Checksum;
    [FieldOffset(16)] internal long CapacityBytes;
    [FieldOffset(24)] internal long TotalBytes;

    /// <summary>Random: tells this arena from every other one, also from an earlier one of the same name.</summary>
    [FieldOffset(32)] internal ulong Identity;
    [FieldOffset(40)] internal uint PartBytes;
    [FieldOffset(44)] internal uint ClassCount;
    [FieldOffset(48)] internal uint ProcessCount;
    [FieldOffset(52)] internal uint HeapCount;

    /// <summary>1 if every page of data was claimed at creation.</summary>
    [FieldOffset(56)] internal uint IsReserved;

    /// <summary>The token of the process that holds the supply lock; 0 if nobody does.</summary>
    [FieldOffset(128)] internal ulong SupplyLock;

    /// <summary>No part at or above this index was ever used.</summary>
    [FieldOffset(192)] internal long PartsEverUsed;
    [FieldOffset(200)] internal long PagesInUse;
    [FieldOffset(208)] internal long MostPagesInUse;

    /// <summary>Slabs and large blocks ever made: what the first generation of their blocks is drawn from.</summary>
    [FieldOffset(216)] internal ulong SlabsEverMade;

    /// <summary>No heap slot at or above this index was ever used.</summary>
    [FieldOffset(224)] internal long HeapsEverUsed;

    /// <summary>Where the search for unused parts begins.</summary>
    [FieldOffset(232)] internal long SearchPartsFrom;

    /// <summary>Where the search for free pages begins, by the binary logarithm of the run's length.</summary>
    [FieldOffset(256)] internal fixed long SearchFrom[LengthKinds];

    /// <summary>Allocations that found no room.</summary>
    [FieldOffset(640)] internal long FailureCount;

    /// <summary>How often a process left, or was found dead by whoever took its slot.</summary>
    [FieldOffset(704)] internal long Departures;

    /// <summary>How many of <see cref="Departures"/> there were when the latest finished recovery began.</summary>
    [FieldOffset(712)] internal long RecoveredDepartures;

    /// <summary>No process slot at or above this index was ever used.</summary>
    [FieldOffset(720)] internal long ProcessesEverUsed;

    /// <summary>CRC-32C of the fields that never change.</summary>
    internal static uint ComputeChecksum(ArenaHeader* header)
    {
        uint checksum = BitOperations.Crc32C(0u, header->Version);
        ulong* words = (ulong*)&header->CapacityBytes;
        for (int index = 0; index < 6; index++)
        {
            checksum = BitOperations.Crc32C(checksum, words[index]);
        }

        return checksum;
    }
}
