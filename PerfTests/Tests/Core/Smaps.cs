using System.Globalization;
using Shm.Core;

namespace PerfTests.Tests.Core;

/// <summary>What the kernel says of this process's mappings.</summary>
internal static class Smaps
{
    /// <summary>Bytes of a segment's mapping that are backed in this process.</summary>
    internal static (long Resident, long Size) Of(ShmSegment segment)
    {
        string[] lines = File.ReadAllLines("/proc/self/smaps");
        int start = Array.FindIndex(lines, line => line.StartsWith(segment.Address.ToString("x", CultureInfo.InvariantCulture) + "-", StringComparison.Ordinal));
        return (Kibibytes(lines, start, "Rss:"), Kibibytes(lines, start, "Size:"));
    }

    /// <summary>How many mappings have a name that contains the text.</summary>
    internal static int Count(string name) =>
        File.ReadLines("/proc/self/maps").Count(line => line.Contains(name, StringComparison.Ordinal));

    /// <summary>Bytes that the file system has given to a segment.</summary>
    internal static unsafe long ClaimedByteCount(ShmSegment segment)
    {
        Shm.Core.Native.FileStatus status;
        fixed (byte* path = System.Text.Encoding.UTF8.GetBytes($"{segment.Directory}/{segment.Name}\0"))
        {
            if (Shm.Core.Native.LibC.LinkStatus(path, &status) != 0)
            {
                throw new InvalidOperationException($"{segment.Name} is not there");
            }
        }

        return status.ClaimedByteCount;
    }

    private static long Kibibytes(string[] lines, int start, string key)
    {
        string line = lines.Skip(start).First(line => line.StartsWith(key, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(key.Length).Trim()[..^2], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
