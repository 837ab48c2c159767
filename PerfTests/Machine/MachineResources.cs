using System.Runtime.InteropServices;
using Shm.Core;

namespace PerfTests.Machine;

/// <summary>Resources that are still free for this process.</summary>
/// <param name="FreeSharedMemoryBytes">Free bytes of <c>/dev/shm</c>.</param>
/// <param name="FreeOpenFiles">Number of files that can still be opened: <c>ulimit -n</c> minus open files.</param>
/// <param name="FreeMappings">Number of mappings that can still be made: <c>vm.max_map_count</c> minus existing mappings.</param>
/// <param name="Cores">Number of processors that this process may use.</param>
/// <param name="FreeMemoryBytes">Free bytes of memory, within the limit of the container.</param>
/// <param name="SharedMemoryProblem">Reason why <c>/dev/shm</c> cannot be used, with the remedy; or null.</param>
public sealed record MachineResources(
    long FreeSharedMemoryBytes, long FreeOpenFiles, long FreeMappings, int Cores, long FreeMemoryBytes, string? SharedMemoryProblem)
{
    /// <summary>Folder of POSIX shared memory.</summary>
    public const string SharedMemoryFolder = "/dev/shm";

    private const string MapLimitFile = "/proc/sys/vm/max_map_count";

    /// <summary>The kernel's default of <c>vm.max_map_count</c>, which is assumed if the file cannot be read.</summary>
    private const long DefaultMapLimit = 65_530;

    private static readonly string[] s_memoryFileSystems = ["tmpfs", "devtmpfs", "ramfs", "hugetlbfs"];

    /// <summary>Reads the resources that are free now.</summary>
    public static MachineResources Read()
    {
        var problem = FindSharedMemoryProblem();
        return new MachineResources(
            problem is null ? FreeSharedMemory() : 0,
            OpenFiles.Limit - OpenFiles.Current,
            MapLimit() - File.ReadLines("/proc/self/maps").LongCount(),
            Environment.ProcessorCount,
            Memory.FreeBytes(),
            problem);
    }

    /// <summary>
    /// Gets the number of free bytes in <c>/dev/shm</c>; unlimited if its size is 0, as it is for a tmpfs without a limit.
    /// </summary>
    public static long FreeSharedMemory() =>
        new DriveInfo(SharedMemoryFolder) is { TotalSize: > 0 } drive ? drive.AvailableFreeSpace : long.MaxValue;

    private static string? FindSharedMemoryProblem()
    {
        if (!Directory.Exists(SharedMemoryFolder))
        {
            return $"there is no {SharedMemoryFolder}; mount a tmpfs there: mount -t tmpfs -o size=2g tmpfs {SharedMemoryFolder}";
        }

        if (FileSystemOf(SharedMemoryFolder, File.ReadLines("/proc/self/mountinfo")) is { } format && !s_memoryFileSystems.Contains(format))
        {
            return $"{SharedMemoryFolder} is on a file system of type {format} and not in memory; "
                + $"mount a tmpfs there: mount -t tmpfs -o size=2g tmpfs {SharedMemoryFolder}";
        }

        try
        {
            // The segment is never written to, so it takes no page: creating it succeeds on a full file system too.
            using var probe = ShmSegment.CreateExclusive(Environment.SystemPageSize);
            return null;
        }
        catch (ShmException e)
        {
            // The message leaves out the segment's name, so that the reason is the same text for all rows.
            var reason = Marshal.GetPInvokeErrorMessage(e.ErrnoNumber);
            return $"a segment cannot be created in {SharedMemoryFolder}: {e.ErrnoName}, {reason}. {e.Remedy}";
        }
    }

    /// <summary>
    /// Finds the type of the file system that holds a folder; null if no line names one. The nearest mount point at or above the
    /// folder decides. If several file systems are mounted there, the last one decides.
    /// </summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="mounts">
    /// Lines of <c>/proc/self/mountinfo</c> (man 5 proc): the fifth field is the mount point, the type follows a dash.
    /// </param>
    internal static string? FileSystemOf(string folder, IEnumerable<string> mounts) => mounts
        .Select(line => line.Split(' '))
        .Where(fields => fields.Length > 4
            && (fields[4] is "/" || folder == fields[4] || folder.StartsWith(fields[4] + "/", StringComparison.Ordinal)))
        .GroupBy(fields => fields[4].Length)
        .MaxBy(group => group.Key)
        ?.Last().SkipWhile(field => field != "-").ElementAtOrDefault(1);

    private static long MapLimit() =>
        File.Exists(MapLimitFile) && long.TryParse(File.ReadAllText(MapLimitFile).Trim(), out var limit) ? limit : DefaultMapLimit;
}
