using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests that creation at a limit of the system throws an error that names the limit, and leaves no file.</summary>
[Category("Core")]
public sealed class SystemLimitTests
{
    /// <summary>Replaces /dev by a tmpfs that has only the devices that the runtime needs.</summary>
    private const string HideDevShm = "d=$(mktemp -d) && mount --rbind /dev \"$d\" && mount -t tmpfs dev /dev || exit 77; "
        + "for f in null zero full random urandom tty; do touch /dev/$f && mount --bind \"$d/$f\" /dev/$f; done; exec \"$0\" \"$@\"";

    [Theory]
    [InlineData(SegmentChildTask.CreateBeyondLimit, null)]
    [InlineData(SegmentChildTask.CreateAgainBeyondLimit, null)]
    [InlineData(SegmentChildTask.CreateBeyondLimit, "trap '' XFSZ; exec \"$0\" \"$@\"")]
    public void Create_BeyondFileSizeLimit_ThrowsWithRemedy(string task, string? script)
    {
        using var child = SegmentChild.Start(task, script);
        var output = child.WaitForEnd();
        output.Should().Contain("ftruncate(").And.Contain("failed: EFBIG (27), File too large. "
            + "Raise the limit of the file size (ulimit -f, RLIMIT_FSIZE), which is 1000 bytes, or request fewer bytes.");
        child.Process.ExitCode.Should().Be(1, output);
        child.Names.Should().BeEmpty();
    }

    [Fact]
    public void Create_NoFreeInode_ErrorNamesInodes()
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=8m,nr_inodes=3");
        var options = new ShmSegmentOptions { Directory = small.Path };
        using var first = ShmSegment.CreateExclusive(null, 100, options);
        using var second = ShmSegment.CreateExclusive(null, 100, options);
        var creations = new Func<IDisposable>[]
        {
            () => ShmSegment.CreateExclusive(null, 100, options),
            () => ShmArena.Create(new ShmArenaOptions { Directory = small.Path, CapacityBytes = ShmArenaOptions.MinCapacityBytes }),
        };
        foreach (var create in creations)
        {
            var failure = FluentActions.Invoking(create).Should().Throw<ShmException>().Which;
            failure.Message.Should().Contain("ENOSPC (28)").And.Contain(
                $"{small.Path} has no free inode: allow more files (mount -o remount,nr_inodes=...), or remove files or stale segments.");
            failure.IsOutOfMemory.Should().BeTrue();
        }
    }

    [Fact]
    public void Create_NoFreeInodeButNoSpaceEither_FallocateErrorNamesSpace()
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=1m,nr_inodes=2");
        var reserved = new ShmSegmentOptions { Directory = small.Path, Reserve = true };
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(null, 900 << 12, reserved)).Should().Throw<ShmException>()
            .WithMessage($"fallocate(*ENOSPC*Enlarge {small.Path}*");
    }

    [Theory]
    [InlineData(SegmentChildTask.Create)]
    [InlineData(SegmentChildTask.CreateArena)]
    public void Create_DevShmHasNoFreeInode_ErrorNamesInodes(string task)
    {
        var output = RunWithOwnMounts(task, "mount -t tmpfs -o nr_inodes=1 perftests /dev/shm || exit 77; exec \"$0\" \"$@\"");
        output.Should().Contain("failed: ENOSPC (28)").And.Contain("/dev/shm has no free inode: allow more files");
    }

    [Theory]
    [InlineData(SegmentChildTask.Create)]
    [InlineData(SegmentChildTask.CreateArena)]
    public void Create_DevShmMissing_ErrorSaysSo(string task)
    {
        var output = RunWithOwnMounts(task, HideDevShm);
        output.Should().Contain("failed: ENOENT (2)").And.Contain("Create the directory /dev/shm, which does not exist, "
            + "and mount a tmpfs there (mount -t tmpfs -o mode=1777 shm /dev/shm).");
    }

    /// <summary>Runs a child process in a mount namespace of its own, and returns its output. The child process must fail.</summary>
    private static string RunWithOwnMounts(string task, string script)
    {
        using var child = SegmentChild.Start(task, script, "unshare", "--mount");
        var output = child.WaitForEnd();
        Assert.SkipWhen(child.Process.ExitCode == 77 || output.Contains("unshare", StringComparison.Ordinal),
            $"needs permission to mount another /dev/shm: {output}");
        child.Process.ExitCode.Should().Be(1, output);
        return output;
    }
}
