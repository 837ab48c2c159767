using System.Runtime.Versioning;
using FluentAssertions;
using PerfTests.Files;
using PerfTests.Running;
using PerfTests.Tests.Core;
using PerfTests.Tests.Reporting;
using Xunit;

namespace PerfTests.Tests.Files;

[Category("Formats")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class AtomicFileTests : TemporaryResults
{
    private string FilePath => Path.Combine(Folder, "file.txt");

    [Fact]
    public void Write_FolderMissing_CreatesTheFolder()
    {
        var path = Path.Combine(Folder, "a", "b", "file.txt");
        AtomicFile.Write(path, "é").Should().Be(path);
        File.ReadAllBytes(path).Should().Equal(0xC3, 0xA9);
    }

    [Theory]
    [InlineData("real.txt")]
    [InlineData("folder/real.txt")]
    public void Write_SymbolicLink_ReplacesItsTarget(string target)
    {
        var real = Path.Combine(Folder, target);
        Directory.CreateDirectory(Path.GetDirectoryName(real)!);
        File.WriteAllText(real, "before");
        File.CreateSymbolicLink(FilePath, target);
        var second = Path.Combine(Folder, "second");
        File.CreateSymbolicLink(second, "file.txt");
        AtomicFile.Write(second, "after");
        File.ReadAllText(real).Should().Be("after");
        (new FileInfo(FilePath).LinkTarget, new FileInfo(second).LinkTarget).Should().Be((target, "file.txt"));
    }

    [Fact]
    public void Write_LinkWithoutTarget_CreatesTheTarget()
    {
        File.CreateSymbolicLink(FilePath, "missing.txt");
        AtomicFile.Write(FilePath, "made");
        (File.ReadAllText(Path.Combine(Folder, "missing.txt")), new FileInfo(FilePath).LinkTarget).Should().Be(("made", "missing.txt"));
    }

    [Fact]
    public void Write_RelativeLinkInLinkedFolder_ResolvesLinkFromTheRealFolder()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "deep", "er"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "short"), "deep/er");
        File.CreateSymbolicLink(Path.Combine(Folder, "deep", "er", "link"), "../real.txt");
        AtomicFile.Write(Path.Combine(Folder, "short", "link"), "text");
        File.ReadAllText(Path.Combine(Folder, "deep", "real.txt")).Should().Be("text");
    }

    [Fact]
    public void Write_LinksInACircle_ThrowsAndLeavesNothing()
    {
        File.CreateSymbolicLink(FilePath, "other");
        File.CreateSymbolicLink(Path.Combine(Folder, "other"), "file.txt");
        Refused(FilePath).WithMessage("*file.txt*symbolic links*");
        Directory.GetFileSystemEntries(Folder).Should().HaveCount(2);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Write_ExistingFile_KeepsItsMode()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
        File.WriteAllText(FilePath, "before");
        File.SetUnixFileMode(FilePath, Mode);
        AtomicFile.Write(FilePath, "after");
        File.GetUnixFileMode(FilePath).Should().Be(Mode);
    }

    [Fact]
    public void Write_PathIsAFolder_ThrowsAndKeepsTheFolder()
    {
        Directory.CreateDirectory(Path.Combine(FilePath, "content"));
        Refused(FilePath).WithMessage($"Cannot write '{FilePath}': it is a folder. *");
        Directory.GetFileSystemEntries(Folder).Should().Equal(FilePath);
    }

    [Fact]
    public void Write_PathBelowAFile_ThrowsAndKeepsTheFile()
    {
        File.WriteAllText(FilePath, "before");
        Refused(Path.Combine(FilePath, "below.txt")).WithMessage("Cannot write '*below.txt': *");
        File.ReadAllText(FilePath).Should().Be("before");
    }

    [Fact]
    public void Write_ContentCallbackThrows_KeepsThePreviousFile()
    {
        File.WriteAllText(FilePath, "before");
        FluentActions.Invoking(() => AtomicFile.Write(FilePath, _ => throw new FormatException())).Should().Throw<FormatException>();
        File.ReadAllText(FilePath).Should().Be("before");
        Directory.GetFileSystemEntries(Folder).Should().Equal(FilePath);
    }

    [Fact]
    public void Write_FullDisk_KeepsThePreviousFile()
    {
        using var disk = MountedFileSystem.MountOrSkip("tmpfs", "size=64k");
        var path = AtomicFile.Write(Path.Combine(disk.Path, "file.txt"), "before");
        FluentActions.Invoking(() => AtomicFile.Write(path, new string('x', 1 << 20)))
            .Should().Throw<UnwritableFileException>().WithMessage($"Cannot write '{path}': No space left on device. *free space.");
        File.ReadAllText(path).Should().Be("before");
        Directory.GetFileSystemEntries(disk.Path).Should().Equal(path);
    }

    [Fact]
    public void Write_PathIsADevice_WritesToTheDeviceInsteadOfReplacingIt()
    {
        Refused("/dev/full").WithMessage("Cannot write '/dev/full': No space left on device. *");
        AtomicFile.Write("/dev/null", "text");
        File.Exists("/dev/full").Should().BeTrue();
        new FileInfo("/dev/null").Length.Should().Be(0);
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<UnwritableFileException> Refused(string path) =>
        FluentActions.Invoking(() => AtomicFile.Write(path, "text")).Should().ThrowExactly<UnwritableFileException>();
}
