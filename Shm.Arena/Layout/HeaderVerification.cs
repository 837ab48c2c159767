using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Shm.Core;

namespace Shm.Arena;

/// <summary>Verifies that an object is an arena that this version can use, before any other value in the object is used.</summary>
internal static unsafe class HeaderVerification
{
    private const string Recreate = "Recreate the arena, and let every process use the same version of this library.";

    /// <returns>The layout, computed from the capacity in the header.</returns>
    /// <exception cref="ShmException">The object is not an arena, is not complete, is of another version, or is damaged.</exception>
    internal static ArenaLayout Verify(ShmSegment segment, SafeFileHandle file)
    {
        // The header is read from the file, since an access to a hole of the mapping would allocate a page. It is copied, since
        // another process could change a field between its check and its use. The magic number is read first, since the creator
        // writes it last.
        ulong magic = 0;
        ArenaHeader header = default;
        RandomAccess.Read(file, new Span<byte>(&magic, sizeof(ulong)), 0);
        RandomAccess.Read(file, new Span<byte>(&header, sizeof(ArenaHeader)), 0);
        if (magic != ArenaHeader.MagicValue)
        {
            Refuse(segment, magic == 0 ? "the object has no header yet" : "the object is not an arena",
                magic == 0
                    ? "Its creator has not completed it. If the creator still runs, attach later; if it has exited, recreate the arena."
                    : "Check the name.");
        }

        if (header.Version != ArenaLayout.Version)
        {
            Refuse(segment, string.Create(CultureInfo.InvariantCulture,
                $"header field 'version' is {header.Version}, expected {ArenaLayout.Version}"), Recreate);
        }

        if (header.Checksum != ArenaHeader.ComputeChecksum(&header))
        {
            Refuse(segment, "the checksum of the header is wrong", Recreate);
        }

        var isOurs = header.PartBytes == SlabPart.ByteCount && header.ClassCount == SizeClasses.Count
            && header.ProcessCount == ArenaLayout.ProcessCount && header.HeapCount == ArenaLayout.HeapCount
            && header.CapacityBytes is >= ShmArenaOptions.MinCapacityBytes and <= ShmArenaOptions.MaxCapacityBytes
            && header.CapacityBytes % ArenaLayout.PageBytes == 0;
        if (!isOurs)
        {
            Refuse(segment, $"header fields do not match layout version {ArenaLayout.Version}", Recreate);
        }

        var layout = new ArenaLayout(header.CapacityBytes);
        if (header.TotalBytes != layout.TotalBytes || segment.Length < layout.TotalBytes
            || (segment.Length > layout.TotalBytes && segment.Length > MaxLength(layout.TotalBytes, file)))
        {
            Refuse(segment, string.Create(CultureInfo.InvariantCulture,
                $"the object has {segment.Length} bytes, expected {layout.TotalBytes} for this capacity"), Recreate);
        }

        return layout;
    }

    /// <summary>
    /// Returns the largest length that an arena's file may have: the arena's length, rounded up to whole huge pages. In an arena table,
    /// a longer file would be mapped over the next slot.
    /// </summary>
    private static long MaxLength(long totalBytes, SafeFileHandle file)
    {
        // A hugetlbfs has only lengths of whole huge pages, which may be larger than 2 MiB.
        var pageBytes = SegmentCalls.TryGetFileSystem((int)file.DangerousGetHandle(), out var system) && system.IsHugetlbfs
            ? Math.Max(ArenaLayout.DataAlignment, system.BlockByteCount)
            : ArenaLayout.DataAlignment;
        return (totalBytes + pageBytes - 1) / pageBytes * pageBytes;
    }

    private static void Refuse(ShmSegment segment, string reason, string remedy) =>
        ShmException.Throw("attach", segment.Name, reason, remedy);
}
