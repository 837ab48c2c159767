using System.Globalization;
using Shm.Core;

namespace PerfTests.Tests.Core;

/// <summary>Reads the mappings of this process and their memory use from /proc.</summary>
internal static class Smaps
{
    /// <summary>Returns the number of resident bytes and of all bytes of a segment's mapping.</summary>
    internal static (long Resident, long Size) Of(ShmSegment segment) => At(segment.Address);

    /// <summary>Returns the number of resident bytes and of all bytes of the mapping that begins at an address.</summary>
    internal static (long Resident, long Size) At(nint address)
    {
        var lines = File.ReadAllLines("/proc/self/smaps");
        var firstLine = address.ToString("x", CultureInfo.InvariantCulture) + "-";
        var start = Array.FindIndex(lines, line => line.StartsWith(firstLine, StringComparison.Ordinal));
        return (Kibibytes(lines, start, "Rss:"), Kibibytes(lines, start, "Size:"));
    }

    /// <summary>Returns the number of mappings whose path contains a text.</summary>
    internal static int Count(string name) =>
        File.ReadLines("/proc/self/maps").Count(line => line.Contains(name, StringComparison.Ordinal));

    /// <summary>Returns the number of bytes that the file system has allocated to a segment.</summary>
    internal static unsafe long ClaimedByteCount(ShmSegment segment)
    {
        Shm.Core.Native.FileStatus status;
        fixed (byte* path = System.Text.Encoding.UTF8.GetBytes($"{segment.Directory}/{segment.Name}\0"))
        {
            if (Shm.Core.Native.LibC.LinkStatus(path, &status) != 0)
            {
                throw new InvalidOperationException($"Cannot read the status of {segment.Name}: it does not exist.");
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
