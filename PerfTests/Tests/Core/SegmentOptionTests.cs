using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Category("Core")]
public sealed class SegmentOptionTests
{
    private const long ByteCount = 256 << 10;

    public SegmentOptionTests() => Requires.SharedMemory(3 * ByteCount);

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public void Create_AnyOptions_BytesAreZeroAndWritable(bool reserve, bool prefault, bool hugePages)
    {
        var options = new ShmSegmentOptions { Reserve = reserve, Prefault = prefault, HugePages = hugePages };
        using var segment = ShmSegment.CreateExclusive(null, ByteCount, options);
        segment.AsSpan(0, (int)ByteCount).IndexOfAnyExcept((byte)0).Should().Be(-1);
        segment.AsSpan(ByteCount - 1, 1)[0] = 5;
        var openOptions = new ShmSegmentOpenOptions { ReadOnly = true, Prefault = prefault };
        using var peer = ShmSegment.Open(segment.Name, ByteCount, openOptions);
        peer.AsReadOnlySpan(ByteCount - 1, 1)[0].Should().Be(5);
    }

    [Fact]
    public void Create_ReserveOrPrefault_AllocatesOrMapsAllPages()
    {
        using var sparse = ShmSegment.CreateExclusive(null, ByteCount, new ShmSegmentOptions());
        using var reserved = ShmSegment.CreateExclusive(null, ByteCount, new ShmSegmentOptions { Reserve = true });
        using var prefaulted = ShmSegment.CreateExclusive(null, ByteCount, new ShmSegmentOptions { Prefault = true });
        Smaps.Of(sparse).Resident.Should().Be(0);
        Smaps.ClaimedByteCount(sparse).Should().Be(0);
        Smaps.Of(reserved).Resident.Should().Be(0);
        Smaps.ClaimedByteCount(reserved).Should().Be(ByteCount);
        Smaps.Of(prefaulted).Resident.Should().Be(ByteCount);
    }

    [Fact]
    public void Create_FileSystemFull_ThrowsAndLeavesNoFile()
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=1m");
        foreach (var options in new[] { new ShmSegmentOptions { Reserve = true }, new ShmSegmentOptions { Prefault = true } })
        {
            var onSmall = options with { Directory = small.Path };
            var failure = FluentActions.Invoking(() => ShmSegment.CreateExclusive("big", 4 << 20, onSmall))
                .Should().Throw<ShmException>().Which;
            (failure.ErrnoName, failure.IsOutOfMemory).Should().Be(("ENOSPC", true));
            failure.Message.Should().Contain($"({small.Path}/big) failed: ENOSPC (28)").And.Contain($"Enlarge {small.Path}");
            Directory.EnumerateFileSystemEntries(small.Path).Should().BeEmpty();
        }

        // The failed attempts have returned their pages, so that these segments fit.
        var reserved = new ShmSegmentOptions { Directory = small.Path, Reserve = true };
        using var fits = ShmSegment.CreateExclusive("fits", 900 << 10, reserved);
        fits.AsSpan(0, 900 << 10).Fill(1);
    }

    [Fact]
    public void Create_InOtherDirectory_FileExistsUntilDispose()
    {
        using var other = MountedFileSystem.MountOrSkip("tmpfs", "size=8m,huge=advise");
        var options = new ShmSegmentOptions { Directory = other.Path + "/", HugePages = true, Prefault = true };
        using (var owner = ShmSegment.CreateExclusive("there", ByteCount, options))
        using (var peer = ShmSegment.Open("there", ByteCount, new ShmSegmentOpenOptions { Directory = other.Path }))
        {
            owner.Directory.Should().Be(other.Path);
            owner.AsSpan(9, 1)[0] = 9;
            peer.AsSpan(9, 1)[0].Should().Be(9);
            File.Exists(Path.Combine(other.Path, "there")).Should().BeTrue();
            File.Exists("/dev/shm/there").Should().BeFalse();
        }

        Directory.EnumerateFileSystemEntries(other.Path).Should().BeEmpty();
    }

    [Fact]
    public void Create_OnHugetlbfs_RoundsLengthUpToHugePageOrThrows()
    {
        using var huge = MountedFileSystem.MountOrSkip("hugetlbfs", "pagesize=2M");
        try
        {
            var options = new ShmSegmentOptions { Directory = huge.Path, Prefault = true };
            using var segment = ShmSegment.CreateExclusive(null, 100, options);
            segment.Length.Should().Be(2 << 20);
            segment.AsSpan((2 << 20) - 1, 1)[0] = 1;
        }
        catch (ShmException failure)
        {
            failure.ErrnoName.Should().Be("ENOMEM", "this machine has no free huge page");
            failure.Message.Should().Contain("the number of huge pages");
        }

        Directory.EnumerateFileSystemEntries(huge.Path).Should().BeEmpty();
    }

    [Theory]
    [InlineData("relative/path", "validate directory(relative/path) failed: the path is not absolute*")]
    [InlineData("/a\0b", "*contains a NUL*")]
    [InlineData("/perftests-no-such-directory", "open(/perftests-no-such-directory/x) failed: ENOENT (2)*")]
    [InlineData("/etc/hostname", "open(/etc/hostname/x) failed: ENOTDIR (20)*Check that /etc/hostname is a directory.")]
    public void Create_InvalidDirectory_Throws(string directory, string message) =>
        FluentActions.Invoking(() => ShmSegment.CreateExclusive("x", 1, new ShmSegmentOptions { Directory = directory }))
            .Should().Throw<ShmException>().WithMessage(message);
}
