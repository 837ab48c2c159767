using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena;

/// <summary>Changes an arena's header behind its back.</summary>
internal static unsafe class DamagedHeader
{
    internal delegate void Damage(ArenaHeader* header);

    /// <summary>Changes the header, and makes the checksum right again if it is to be so.</summary>
    internal static void Apply(string name, Damage damage, bool isSealed = true)
    {
        using ShmSegment raw = ShmSegment.Open(name, ArenaLayout.PageBytes);
        var header = (ArenaHeader*)raw.Address;
        damage(header);
        if (isSealed)
        {
            header->Checksum = ArenaHeader.ComputeChecksum(header);
        }
    }
}
