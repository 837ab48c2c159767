using FluentAssertions;
using PerfTests.Tests.Core;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Runs operations on arenas whose metadata was damaged at random.</summary>
[Category("Arena"), Category(Soak.Category)]
public sealed class ArenaFuzzTests(ITestOutputHelper output)
{
    private const int Children = 2;
    private const ulong Seed = 20_260_101;
    private const string SharedMemory = "/dev/shm";

    private const long Mebibyte = 1 << 20;

    /// <summary>
    /// Shared memory of a child process in bytes: the damaged arena at its full length, and the arena that it was copied
    /// from.
    /// </summary>
    private static readonly long s_childBytes = 2 * new ArenaLayout(ShmArenaOptions.MinCapacityBytes).TotalBytes;

    /// <summary>Shared memory of a child process with an arena of 1 TiB: the bitmaps and maps of two arenas.</summary>
    private static readonly long s_sparseChildBytes =
        (2 * new ArenaLayout(ShmArenaOptions.MaxCapacityBytes).PageMap) + (16 * Mebibyte);

    [Fact]
    public void AnyOperation_DamagedArena_SucceedsOrThrowsShmException()
    {
        Requires.SharedMemory(Children * s_childBytes);
        Run(FuzzPlace.Allocated, Soak.Dose(4_000, 12_000), SharedMemory, SharedMemory);
    }

    [Fact]
    public void AnyOperation_DamagedArenaOnFullFileSystem_SucceedsOrThrowsShmException()
    {
        // A file system for each child, since each child fills one.
        using var first = MountedFileSystem.MountOrSkip("tmpfs", "size=96m");
        using var second = MountedFileSystem.MountOrSkip("tmpfs", "size=96m");
        var (_, bytes) = Run(FuzzPlace.FullFileSystem, Soak.Dose(4_000, 12_000), first.Path, second.Path);
        bytes.Should().BeGreaterThanOrEqualTo(64 << 10, "some cases take the last pages of the file system for parts");
    }

    [Fact]
    public void AnyOperation_DamagedArenaOf1TiB_TakesBoundedTimeAndMemory()
    {
        Requires.SharedMemory(Children * s_sparseChildBytes);
        var (milliseconds, bytes) = Run(FuzzPlace.Sparse, Soak.Dose(100, 200), SharedMemory, SharedMemory);
        milliseconds.Should().BeLessThan(20_000, "a walk over all parts would take minutes");
        bytes.Should().BeLessThan(16 * Mebibyte, "the pages of all parts would be 700 GiB");
    }

    /// <summary>Runs cases in child processes.</summary>
    /// <returns>Maximum processor time and maximum memory of a case.</returns>
    private (long Milliseconds, long Bytes) Run(FuzzPlace place, long cases, params string[] directories)
    {
        var each = cases / directories.Length;
        FuzzSupervisor[] supervisors =
            [.. directories.Select((directory, index) => new FuzzSupervisor(place, directory, Seed, index * each, each))];
        try
        {
            Array.ForEach(supervisors, supervisor => supervisor.Await());
            FuzzProgress[] progress = [.. supervisors.Select(supervisor => supervisor.Progress)];
            long attached = progress.Sum(one => one.AttachedCount), refused = progress.Sum(one => one.NotAttachedCount);
            long worked = progress.Sum(one => one.WorkedCount), failed = progress.Sum(one => one.RefusedCount);
            long milliseconds = progress.Max(one => one.MaxMilliseconds), bytes = progress.Max(one => one.MaxGrownBytes);
            output.WriteLine($"{attached} attached, {refused} refused; {worked} operations worked, {failed} were refused; "
                + $"at most {milliseconds} ms and {bytes} bytes for a case");

            // Proves that the damage varies: attaching fails for some arenas and succeeds for others.
            (attached + refused).Should().Be(cases);
            attached.Should().BeGreaterThan(cases / 2);
            refused.Should().BeGreaterThan(cases / 100);
            worked.Should().BeGreaterThan(4 * attached);
            failed.Should().BeGreaterThan(attached / 10);
            return (milliseconds, bytes);
        }
        finally
        {
            Array.ForEach(supervisors, supervisor => supervisor.Dispose());
        }
    }
}
