using FluentAssertions;
using PerfTests.Files;
using PerfTests.Running;
using PerfTests.Tests.Reporting;
using Xunit;

namespace PerfTests.Tests.Files;

[Category("Formats")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class FileLockTests : TemporaryResults
{
    private string FilePath => Path.Combine(Folder, "file.txt");

    [Fact]
    public void Acquire_LockHeldThroughSymbolicLink_ThrowsAfterTimeout()
    {
        File.CreateSymbolicLink(Path.Combine(Folder, "link"), "file.txt");
        using var held = FileLock.Acquire(Path.Combine(Folder, "link"));
        FluentActions.Invoking(() => FileLock.Acquire(FilePath, TimeSpan.Zero))
            .Should().Throw<UnwritableFileException>()
            .WithMessage($"Cannot write '{FilePath}': another process has held the lock file /tmp/*");
    }

    [Fact]
    public void Acquire_AfterRelease_SucceedsAndLeavesNoLockFileBesideTheFile()
    {
        FileLock.Acquire(FilePath).Dispose();
        FileLock.Acquire(FilePath, TimeSpan.Zero).Dispose();
        Directory.GetFileSystemEntries(Folder).Should().BeEmpty();
    }

    [Fact]
    public void TryOpen_FolderMissing_ThrowsInsteadOfWaiting() =>
        FluentActions.Invoking(() => FileLock.TryOpen(Path.Combine(Folder, "missing", "a.lock"))).Should().Throw<IOException>();
}
