using System.Globalization;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Use of huge pages by one mapping of this process, for diagnosis.</summary>
public sealed class HugePageUse
{
    private HugePageUse(long mappedByteCount, long hugeByteCount, string? obstacle) =>
        (MappedByteCount, HugeByteCount, Obstacle) = (mappedByteCount, hugeByteCount, obstacle);

    /// <summary>Number of bytes that are mapped to memory.</summary>
    public long MappedByteCount { get; }

    /// <summary>Number of these bytes that huge pages of 2 MiB or more map.</summary>
    public long HugeByteCount { get; }

    /// <summary>Reason why small pages are used, and what to do; null if the mapping uses as many huge pages as fit into it.</summary>
    public string? Obstacle { get; }

    /// <summary>Returns the numbers and the obstacle in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{HugeByteCount} of {MappedByteCount} mapped bytes in huge pages{(Obstacle is null ? "" : ": " + Obstacle)}");

    /// <summary>Finds out how a segment is mapped, from <c>/proc/self/smaps</c>.</summary>
    internal static HugePageUse Of(nint address, long byteCount, FileIdentity file)
    {
        long mapped = 0, huge = 0;
        var (isInside, isAdvised) = (false, false);
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            var key = line.AsSpan(0, Math.Max(0, line.IndexOf(' ', StringComparison.Ordinal)));
            if (key.Length > 0 && key[^1] != ':')
            {
                var start = long.Parse(key[..key.IndexOf('-')], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                isInside = start >= address && start < address + byteCount;
            }
            else if (isInside)
            {
                switch (key)
                {
                    case "Rss:":
                        mapped += Bytes(line);
                        break;
                    case "ShmemPmdMapped:" or "FilePmdMapped:":
                        huge += Bytes(line);
                        break;

                    // Rss does not include the pages of a hugetlbfs.
                    case "Shared_Hugetlb:" or "Private_Hugetlb:":
                        mapped += Bytes(line);
                        huge += Bytes(line);
                        break;
                    case "VmFlags:":
                        isAdvised |= line.EndsWith(" hg", StringComparison.Ordinal) || line.Contains(" hg ", StringComparison.Ordinal);
                        break;
                }
            }
        }

        return new HugePageUse(mapped, huge, ObstacleOf(HugePageSettings.Read(file), byteCount, mapped, huge, isAdvised));
    }

    private static string? ObstacleOf(HugePageSettings settings, long byteCount, long mapped, long huge, bool isAdvised)
    {
        if (mapped > 0 && huge > 0 && mapped - huge < settings.HugePageByteCount)
        {
            return null;
        }

        var obstacle = settings.Obstacle(byteCount, isAdvised);
        return obstacle is not null ? obstacle
            : mapped == 0 ? "No page is mapped yet. Pages are mapped when they are first accessed, or with Prefault."
            : mapped == huge ? null
            : "The kernel had no free huge page, or a process accessed or reserved these pages without HugePages before. "
                + "Free memory (echo 1 > /proc/sys/vm/compact_memory joins small pages), and create the segment again.";
    }

    private static long Bytes(string line) =>
        1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
