using System.Globalization;
using System.Numerics;
using Shm.Arena;
using Xunit;
using FileLimit = PerfTests.Machine.OpenFiles;

namespace PerfTests.Tests;

/// <summary>
/// Resources that a test needs. A test states them before it allocates. On a machine or container that has less, the test
/// is skipped with the reason. Otherwise it might write to a page that /dev/shm cannot supply, which raises SIGBUS.
/// </summary>
internal static class Requires
{
    /// <summary>Shared memory for a test that writes to a few pages, in bytes.</summary>
    public const long FewPages = 64L << 10;

    private const string Mount = "/dev/shm";

    /// <summary>
    /// Sizes in bytes. The arena claims shared memory for metadata in steps of 64 KiB. Heaps and attachments take a few such
    /// steps.
    /// </summary>
    private const long ClaimStepBytes = 64L << 10, OtherMetadataBytes = 8 * ClaimStepBytes;

    private const long Kibibyte = 1L << 10, Mebibyte = 1L << 20, Gibibyte = 1L << 30;

    /// <summary>Skips the calling test if /dev/shm has less free memory than the test needs.</summary>
    /// <param name="byteCount">Maximum shared memory that the test claims at one time, with metadata, in bytes.</param>
    public static void SharedMemory(long byteCount)
    {
        var drive = new DriveInfo(Mount);

        // A tmpfs without a size limit reports a total size of 0.
        if (drive.TotalSize > 0 && drive.AvailableFreeSpace < byteCount)
        {
            Assert.Skip(SharedMemoryReason(byteCount, drive.AvailableFreeSpace));
        }
    }

    /// <summary>
    /// Skips the calling test if /dev/shm has no room for the metadata of a sparse arena. The data of the arena is not counted.
    /// </summary>
    /// <param name="capacityBytes">Capacity of the arena.</param>
    /// <param name="blockCount">Maximum number of blocks that the test has allocated at one time.</param>
    public static void ArenaMetadata(long capacityBytes, long blockCount)
    {
        const int BlocksPerPart = 64;
        var layout = new ArenaLayout(capacityBytes);
        var pageMapBytes = Math.Min(layout.PageCount * sizeof(uint), blockCount * ClaimStepBytes);
        SharedMemory(layout.PageMap + pageMapBytes + (blockCount / BlocksPerPart * SlabPart.ByteCount) + OtherMetadataBytes);
    }

    /// <summary>Skips the calling test if this process may not open as many further files as the test needs.</summary>
    /// <param name="count">Maximum number of files that the test has open at one time.</param>
    public static void OpenFiles(int count)
    {
        var limit = FileLimit.Limit;
        var open = Directory.GetFiles("/proc/self/fd").Length;
        if (open + (long)count > limit)
        {
            Assert.Skip($"needs {Text(count)} open files, {Text(open)} of {Text(limit)} are open; raise the limit: ulimit -n");
        }
    }

    /// <summary>Skips the calling test if this process may use fewer cores than the test needs.</summary>
    /// <param name="count">Number of threads or processes that must run at the same time.</param>
    public static void Cores(int count)
    {
        if (Environment.ProcessorCount < count)
        {
            Assert.Skip($"needs {Text(count)} cores, {Text(Environment.ProcessorCount)} may be used; in Docker: --cpuset-cpus");
        }
    }

    /// <summary>Returns the reason why a test is skipped, with the remedy.</summary>
    /// <param name="byteCount">Bytes that the test needs.</param>
    /// <param name="freeBytes">Bytes that are free.</param>
    internal static string SharedMemoryReason(long byteCount, long freeBytes) =>
        $"needs {Size(byteCount)} of {Mount}, {Size(freeBytes)} free; in Docker: --shm-size={DockerSize(byteCount)}";

    private static string Size(long byteCount) => byteCount switch
    {
        >= Gibibyte => Text((double)byteCount / Gibibyte, " GiB"),
        >= Mebibyte => Text((double)byteCount / Mebibyte, " MiB"),
        _ => Text(byteCount / Kibibyte, " KiB"),
    };

    /// <summary>Returns a power of two that leaves room beside the memory that the test needs.</summary>
    private static string DockerSize(long byteCount)
    {
        var size = (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(byteCount, Mebibyte) + 1);
        return size >= Gibibyte ? Text(size / Gibibyte, "g") : Text(size / Mebibyte, "m");
    }

    private static string Text(double number, string unit = "") => number.ToString("0.#", CultureInfo.InvariantCulture) + unit;
}
