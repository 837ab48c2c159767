using System.Globalization;
using Shm.Core;

namespace Shm.Arena;

/// <summary>Whether a mapped object is an arena that this code can use. Nothing in it is followed before that.</summary>
internal static unsafe class HeaderVerification
{
    private const string CreateAnew = "Create the arena anew, and let every process use the same version of this library.";

    /// <returns>The layout that its capacity means.</returns>
    /// <exception cref="ShmException">It is not an arena, not finished, of another version, or damaged.</exception>
    internal static ArenaLayout Verify(ShmSegment segment)
    {
        // A copy: whoever can write to the object could change a field between its check and its use.
        ArenaHeader* shared = (ArenaHeader*)segment.Address;
        ulong magic = Volatile.Read(ref shared->Magic);
        ArenaHeader header = *shared;
        if (magic != ArenaHeader.MagicValue)
        {
            Refuse(segment, magic == 0 ? "it has no header yet" : "it is no arena",
                magic == 0 ? "Its creator has not finished, or died over it: attach later, or create it anew." : "Check the name.");
        }

        if (header.Version != ArenaLayout.Version)
        {
            Refuse(segment, string.Create(CultureInfo.InvariantCulture,
                $"its layout is version {header.Version}, and this library's is {ArenaLayout.Version}"), CreateAnew);
        }

        if (header.Checksum != ArenaHeader.ComputeChecksum(&header))
        {
            Refuse(segment, "its header's checksum is wrong", CreateAnew);
        }

        bool isOurs = header.PartBytes == SlabPart.ByteCount && header.ClassCount == SizeClasses.Count
            && header.ProcessCount == ArenaLayout.ProcessCount && header.HeapCount == ArenaLayout.HeapCount
            && header.CapacityBytes is >= ShmArenaOptions.MinCapacityBytes and <= ShmArenaOptions.MaxCapacityBytes
            && header.CapacityBytes % ArenaLayout.PageBytes == 0;
        if (!isOurs)
        {
            Refuse(segment, "its header says what no arena of this version has", CreateAnew);
        }

        var layout = new ArenaLayout(header.CapacityBytes);
        if (header.TotalBytes != layout.TotalBytes || segment.Length < layout.TotalBytes)
        {
            Refuse(segment, string.Create(CultureInfo.InvariantCulture,
                $"it has {segment.Length} bytes, and an arena of this capacity has {layout.TotalBytes}"), CreateAnew);
        }

        return layout;
    }

    private static void Refuse(ShmSegment segment, string reason, string remedy) =>
        ShmException.Throw("attach", segment.Name, reason, remedy);
}
