using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena;

/// <summary>Changes the header of an arena that is in use.</summary>
internal static unsafe class DamagedHeader
{
    internal delegate void Damage(ArenaHeader* header);

    /// <summary>Changes fields of the header.</summary>
    /// <param name="name">Name of the arena.</param>
    /// <param name="damage">Function that changes the fields.</param>
    /// <param name="isSealed">True if the checksum is computed again afterwards.</param>
    internal static void Apply(string name, Damage damage, bool isSealed = true)
    {
        using var raw = ShmSegment.Open(name, ArenaLayout.PageBytes);
        var header = (ArenaHeader*)raw.Address;
        damage(header);
        if (isSealed)
        {
            header->Checksum = ArenaHeader.ComputeChecksum(header);
        }
    }
}
