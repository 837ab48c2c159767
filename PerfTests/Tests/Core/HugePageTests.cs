using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests huge pages on a tmpfs and on a hugetlbfs, and the reasons for small pages.</summary>
[Category("Core")]
public sealed class HugePageTests
{
    private const long HugePageBytes = 2L << 20, ByteCount = 4 * HugePageBytes;

    /// <summary>Field of <c>/proc/buddyinfo</c> from which on runs of pages are at least as long as a huge page.</summary>
    private const int FieldOfHugePages = 13;

    private const string Always = "always within_size [advise] never deny force";

    [Theory]
    [InlineData("tmpfs rw,size=1k,huge=always", Always, false, null)]
    [InlineData("tmpfs rw,huge=advise,size=1k", Always, true, null)]
    [InlineData("tmpfs rw,huge=advise", Always, false, "*/m is mounted with huge=advise*Set HugePages.")]
    [InlineData("tmpfs rw", Always, true, "*/m is mounted without huge pages*mount -o remount,huge=advise /m*")]
    [InlineData("tmpfs rw", "always advise never deny [force]", false, null)]
    [InlineData("tmpfs rw,huge=always", "always advise never [deny] force", true, "*shmem_enabled is deny*")]
    [InlineData("tmpfs rw,huge=always", "", true, "This kernel has no transparent huge pages*")]
    [InlineData("hugetlbfs rw,pagesize=2M", Always, false, null)]
    [InlineData("ext4 rw", Always, true, "/m is neither a tmpfs nor a hugetlbfs*")]
    public void Obstacle_AnySettings_NamesTheFirstReason(string system, string kernel, bool isAdvised, string? obstacle)
    {
        var words = system.Split(' ');
        var line = $"36 35 0:31 / /m rw,relatime shared:1 - {words[0]} perftests {words[1]}";
        var found = HugePageSettings.Parse(line, kernel, HugePageBytes).Obstacle(ByteCount, isAdvised);
        if (obstacle is null)
        {
            found.Should().BeNull();
        }
        else
        {
            found.Should().Match(obstacle);
        }
    }

    [Fact]
    public void Obstacle_MappingShorterThanAHugePage_NamesTheSizes() =>
        HugePageSettings.Parse("1 2 0:3 / /m rw - tmpfs x rw,huge=always", Always, HugePageBytes).Obstacle(4096, isAdvised: true)
            .Should().Be("The mapping has 4096 bytes, less than a huge page of 2097152 bytes.");

    [Fact]
    public void GetHugePageUse_MountWithoutHugePages_CountsMappedBytesAndNamesTheMount()
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=32m,huge=never");
        SkipIfKernelOverrides();
        var options = new ShmSegmentOptions { Directory = small.Path, HugePages = true, Prefault = true };
        using var segment = ShmSegment.CreateExclusive("s", ByteCount, options);
        var use = segment.GetHugePageUse();
        (use.MappedByteCount, use.HugeByteCount).Should().Be((ByteCount, 0));
        use.Obstacle.Should().Contain($"{small.Path} is mounted without huge pages");
        use.ToString().Should().StartWith($"0 of {ByteCount} mapped bytes in huge pages: {small.Path} is mounted");
    }

    [Fact]
    public void GetHugePageUse_NoPageMapped_SaysSo()
    {
        using var huge = MountedFileSystem.MountOrSkip("tmpfs", "size=32m,huge=always");
        SkipIfKernelOverrides();
        using var segment = ShmSegment.CreateExclusive("s", ByteCount, new ShmSegmentOptions { Directory = huge.Path });
        segment.GetHugePageUse().Obstacle.Should().StartWith("No page is mapped yet.");
    }

    [Theory]
    [InlineData("always", false)]
    [InlineData("advise", false)]
    [InlineData("advise", true)]
    [InlineData("within_size", true)]
    public void Create_MountWithHugePages_MapsHugePages(string option, bool reserve)
    {
        using var huge = MountedFileSystem.MountOrSkip("tmpfs", $"size=64m,huge={option}");
        SkipIfKernelOverrides();
        var options = new ShmSegmentOptions { Directory = huge.Path, HugePages = true, Reserve = reserve, Prefault = true };
        using var segment = ShmSegment.CreateExclusive("s", ByteCount, options);
        ShouldBeHuge(segment.GetHugePageUse(), ByteCount);
    }

    [Theory]
    [InlineData("always", false)]
    [InlineData("advise", false)]
    [InlineData("advise", true)]
    public void Create_ArenaOnMountWithHugePages_MapsDataByHugePagesInEveryProcess(string option, bool reserve)
    {
        using var huge = MountedFileSystem.MountOrSkip("tmpfs", $"size=64m,huge={option}");
        SkipIfKernelOverrides();
        using var arena = ShmArena.Create(new ShmArenaOptions
        {
            CapacityBytes = ByteCount,
            Directory = huge.Path,
            HugePages = true,
            Reserve = reserve,
            Prefault = true,
        });
        ShouldBeHuge(arena.GetHugePageUse(), ByteCount);
        using var peer = ShmArena.Attach(arena.Name, new ShmArenaAttachOptions { Directory = huge.Path, Prefault = true });
        ShouldBeHuge(peer.GetHugePageUse(), ByteCount);
    }

    [Fact]
    public void Attach_SparseArenaOnMountWithAdvice_MapsHugePages()
    {
        using var huge = MountedFileSystem.MountOrSkip("tmpfs", "size=64m,huge=advise");
        SkipIfKernelOverrides();
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = ByteCount, Directory = huge.Path, Reserve = false });
        using (var plain = ShmArena.Attach(arena.Name, new ShmArenaAttachOptions { Directory = huge.Path }))
        {
            plain.GetHugePageUse().Obstacle.Should().EndWith("Set HugePages.");
        }

        var options = new ShmArenaAttachOptions { Directory = huge.Path, HugePages = true, Prefault = true };
        using var peer = ShmArena.Attach(arena.Name, options);
        ShouldBeHuge(peer.GetHugePageUse(), ByteCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void Create_ArenaOnHugetlbfs_AllocatesAndSharesBlocks(bool reserve)
    {
        using var huge = MountedFileSystem.MountOrSkip("hugetlbfs", "pagesize=2M");
        var options = new ShmArenaOptions { CapacityBytes = ByteCount - 4096, Directory = huge.Path, Reserve = reserve };
        try
        {
            using var arena = ShmArena.Create(options);
            using var peer = ShmArena.Attach(arena.Name, new ShmArenaAttachOptions { Directory = huge.Path, Prefault = true });
            var block = arena.Allocate(3 << 20);
            new Span<byte>((void*)arena.GetAddress(block), 3 << 20).Fill(5);
            (*(byte*)(peer.GetAddress(block) + (3 << 20) - 1)).Should().Be(5);
            peer.Free(block);
            arena.TryAllocate(arena.CapacityBytes, out _).Should().BeTrue();
            var use = peer.GetHugePageUse();
            use.Obstacle.Should().BeNull();
            use.HugeByteCount.Should().Be(use.MappedByteCount).And.BeGreaterThanOrEqualTo(ByteCount);
        }
        catch (ShmException failure)
        {
            failure.ErrnoName.Should().Be("ENOMEM", "this machine has too few free huge pages");
            failure.Message.Should().Contain("the number of huge pages");
            Assert.Skip(failure.Message);
        }
        finally
        {
            Directory.EnumerateFileSystemEntries(huge.Path).Should().BeEmpty();
        }
    }

    private static void ShouldBeHuge(HugePageUse use, long byteCount)
    {
        // A machine whose memory is fragmented may have no free huge page.
        if (use.Obstacle is { } obstacle && obstacle.StartsWith("The kernel had no free huge page", StringComparison.Ordinal)
            && use.HugeByteCount < byteCount && IsFragmented())
        {
            Assert.Skip(obstacle);
        }

        use.HugeByteCount.Should().BeGreaterThanOrEqualTo(byteCount, use.ToString());
        use.Obstacle.Should().BeNull();
    }

    /// <summary>Returns true if the kernel has fewer than 8 free runs of pages as long as a huge page.</summary>
    private static bool IsFragmented() =>
        File.ReadLines("/proc/buddyinfo")
            .Sum(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(FieldOfHugePages).Sum(long.Parse)) < 8;

    private static void SkipIfKernelOverrides()
    {
        var kernel = File.Exists(HugePageSettings.SettingPath) ? File.ReadAllText(HugePageSettings.SettingPath) : "";
        if (kernel.Length == 0 || kernel.Contains("[deny]") || kernel.Contains("[force]"))
        {
            Assert.Skip($"needs mount options that decide on huge pages; shmem_enabled is: {kernel.Trim()}");
        }
    }
}
