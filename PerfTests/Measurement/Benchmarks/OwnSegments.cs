using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// Segments that this process created in <c>/dev/shm</c> or has mapped. A benchmark disposes all that it creates, so a segment that stays
/// was leaked by the libraries. No timed value shows such a leak.
/// </summary>
internal static class OwnSegments
{
    /// <summary>Finds the segments that this process created under a generated name, or has mapped.</summary>
    /// <returns>Names of the segments, without duplicates.</returns>
    public static IReadOnlySet<string> Find() => Directory.EnumerateFiles(MachineResources.SharedMemoryFolder)
        .Select(path => Path.GetFileName(path))
        .Where(name => SegmentName.TryParseOwner(name, out var owner) && owner == SegmentOwner.Current)
        .Concat(Mapped(File.ReadLines("/proc/self/maps")))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Finds the files of <c>/dev/shm</c> that are mapped. The file of a mapping may have been removed.</summary>
    /// <param name="mappings">Lines of <c>/proc/self/maps</c> (man 5 proc_pid_maps): the path is the last field.</param>
    internal static IEnumerable<string> Mapped(IEnumerable<string> mappings)
    {
        const string Folder = MachineResources.SharedMemoryFolder + "/";
        const string Removed = " (deleted)";
        foreach (var line in mappings)
        {
            var start = line.IndexOf(Folder, StringComparison.Ordinal);
            if (start >= 0)
            {
                var name = line[(start + Folder.Length)..];
                yield return name.EndsWith(Removed, StringComparison.Ordinal) ? name[..^Removed.Length] : name;
            }
        }
    }
}
