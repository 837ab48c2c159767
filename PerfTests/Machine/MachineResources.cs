using System.Runtime.InteropServices;
using Shm.Core;

namespace PerfTests.Machine;

/// <summary>Resources that this process may still take of the machine.</summary>
/// <param name="FreeSharedMemoryBytes">Free bytes of <c>/dev/shm</c>.</param>
/// <param name="FreeOpenFiles">Files that may still be opened (<c>ulimit -n</c> less those that are open).</param>
/// <param name="FreeMappings">Mappings that may still be made (<c>vm.max_map_count</c> less those that exist).</param>
/// <param name="Cores">Processors that this process may use.</param>
/// <param name="FreeMemoryBytes">Free bytes of memory, within the limit of the container.</param>
/// <param name="SharedMemoryProblem">Why <c>/dev/shm</c> cannot be used at all, or null.</param>
public sealed record MachineResources(
    long FreeSharedMemoryBytes, long FreeOpenFiles, long FreeMappings, int Cores, long FreeMemoryBytes, string? SharedMemoryProblem)
{
    /// <summary>The folder of POSIX shared memory.</summary>
    public const string SharedMemoryFolder = "/dev/shm";

    private const string MapLimitFile = "/proc/sys/vm/max_map_count";

    /// <summary>The kernel's own default of <c>vm.max_map_count</c>, where the file cannot be read.</summary>
    private const long UsualMapLimit = 65_530;

    private static readonly string[] s_memoryFileSystems = ["tmpfs", "devtmpfs", "ramfs", "hugetlbfs"];

    /// <summary>Reads what is free now.</summary>
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

    /// <summary>Gets the free bytes of <c>/dev/shm</c> now; a tmpfs without a limit has a size of 0.</summary>
    public static long FreeSharedMemory() =>
        new DriveInfo(SharedMemoryFolder) is { TotalSize: > 0 } drive ? drive.AvailableFreeSpace : long.MaxValue;

    private static string? FindSharedMemoryProblem()
    {
        if (!Directory.Exists(SharedMemoryFolder))
        {
            return $"there is no {SharedMemoryFolder}; mount one: mount -t tmpfs -o size=1g tmpfs {SharedMemoryFolder}";
        }

        if (FileSystemOf(SharedMemoryFolder, File.ReadLines("/proc/self/mountinfo")) is { } format && !s_memoryFileSystems.Contains(format))
        {
            return $"{SharedMemoryFolder} is on a file system of type {format} and not in memory; "
                + $"mount one: mount -t tmpfs -o size=1g tmpfs {SharedMemoryFolder}";
        }

        try
        {
            // An object without pages: even a full file system has room for it.
            using var probe = ShmSegment.CreateExclusive(Environment.SystemPageSize);
            return null;
        }
        catch (ShmException e)
        {
            // Without the object's name, so that the reason is the same for all rows.
            return $"an object cannot be created in {SharedMemoryFolder}: {e.ErrnoName}, {Marshal.GetPInvokeErrorMessage(e.ErrnoNumber)}. {e.Remedy}";
        }
    }

    /// <summary>Finds the type of the file system that a folder is on: of the mounts above it the nearest, of several there the last; or null.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mounts">Lines of <c>/proc/self/mountinfo</c> (man 5 proc): the fifth field is the folder, the type follows a dash.</param>
    internal static string? FileSystemOf(string folder, IEnumerable<string> mounts) => mounts
        .Select(line => line.Split(' '))
        .Where(fields => fields.Length > 4 && (fields[4] is "/" || folder == fields[4] || folder.StartsWith(fields[4] + "/", StringComparison.Ordinal)))
        .GroupBy(fields => fields[4].Length)
        .MaxBy(group => group.Key)
        ?.Last().SkipWhile(field => field != "-").ElementAtOrDefault(1);

    private static long MapLimit() =>
        File.Exists(MapLimitFile) && long.TryParse(File.ReadAllText(MapLimitFile).Trim(), out var limit) ? limit : UsualMapLimit;
}
