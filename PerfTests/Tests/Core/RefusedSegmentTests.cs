using System.Runtime.InteropServices;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests that opening anything other than a valid segment of this user throws an error that names a remedy.</summary>
[Category("Core")]
public sealed partial class RefusedSegmentTests : IDisposable
{
    private readonly string _name = SegmentName.Generate();

    public RefusedSegmentTests() => Requires.SharedMemory(Requires.FewPages);

    private string SegmentFilePath => "/dev/shm/" + _name;

    public void Dispose() => File.Delete(SegmentFilePath);

    [Fact]
    public void Open_MissingSegment_ErrorNamesCallObjectErrnoAndRemedy()
    {
        var failure = Failure(() => ShmSegment.Open("mooncake_none", 1));
        (failure.Operation, failure.ObjectName, failure.ErrnoName, failure.ErrnoNumber)
            .Should().Be(("openat", "mooncake_none", "ENOENT", 2));
        failure.Message.Should().Contain("openat(mooncake_none)").And.Contain("ENOENT (2)").And.Contain(failure.Remedy);
    }

    [Fact]
    public void Open_TruncatedFile_Throws()
    {
        using var owner = ShmSegment.CreateExclusive(8192);
        using (var file = File.OpenWrite("/dev/shm/" + owner.Name))
        {
            file.SetLength(4096);
        }

        Failure(() => ShmSegment.Open(owner.Name, 8192)).Message.Should().Be(
            $"open({owner.Name}) failed: it has 4096 bytes, expected at least 8192. "
            + "Wait until the owner has created the segment completely, and pass the length that the owner announced.");
    }

    [Fact]
    public void Open_SymbolicLink_Throws()
    {
        File.CreateSymbolicLink(SegmentFilePath, "/etc/hostname");
        Failure(() => ShmSegment.Open(_name, 1)).Message.Should()
            .StartWith($"openat({_name}) failed: ELOOP (40)")
            .And.EndWith("Remove the symbolic link of this name: links are never followed.");
    }

    [Fact]
    public void Open_Directory_Throws()
    {
        Directory.CreateDirectory(SegmentFilePath);
        try
        {
            Failure(() => ShmSegment.Open(_name, 1)).Message.Should()
                .StartWith($"openat({_name}) failed: EISDIR (21)")
                .And.EndWith("Choose another name, or remove the directory of this name.");
        }
        finally
        {
            Directory.Delete(SegmentFilePath);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_NamedPipe_ThrowsWithoutWaiting(bool readOnly)
    {
        MakePipe(SegmentFilePath, Convert.ToUInt32("600", 8)).Should().Be(0);
        var opening = Task.Run(() => Failure(() => ShmSegment.Open(_name, 1, readOnly)));
        (await opening.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Message.Should()
            .Be($"open({_name}) failed: it is not a regular file. Remove the file of this name.");
    }

    [Fact]
    public void Open_SegmentOfAnotherUser_ThrowsUnlessAllowed()
    {
        File.WriteAllBytes(SegmentFilePath, new byte[100]);
        OtherUser.GiveOrSkip(SegmentFilePath);
        Failure(() => ShmSegment.Open(_name, 100)).Message.Should().Be(
            $"open({_name}) failed: it belongs to user 65534. "
            + "Run both processes as the same user, or set AllowForeignOwner if that user is trusted.");
        using var trusted = ShmSegment.Open(_name, 100, new ShmSegmentOpenOptions { AllowForeignOwner = true, ReadOnly = true });
        trusted.Length.Should().Be(100);
    }

    [Theory]
    [InlineData("ro,mode=1777", 30, "EROFS")]
    [InlineData("mode=0555", 13, "EACCES")]
    public void Create_DevShmNotWritable_ThrowsWithRemedy(string mountOptions, int errno, string errnoName)
    {
        // Root may write regardless of the mode, so the child process drops its capabilities.
        var exec = errno == 13 ? "exec setpriv --bounding-set -all --inh-caps -all" : "exec";
        using var child = SegmentChild.Start(SegmentChildTask.Create,
            $"mount -t tmpfs -o {mountOptions} perftests /dev/shm || exit 77; {exec} \"$0\" \"$@\"",
            "unshare", "--mount");
        var output = child.WaitForEnd();
        Assert.SkipWhen(child.Process.ExitCode == 77 || output.Contains("unshare", StringComparison.Ordinal),
            $"needs permission to mount another /dev/shm: {output}");
        output.Should().Contain($"failed: {errnoName} ({errno})")
            .And.Contain("Check the permissions of /dev/shm (mode 1777, mounted writable)");
        child.Process.ExitCode.Should().Be(1, output);
    }

    private static ShmException Failure(Func<ShmSegment> action)
    {
        try
        {
            action().Dispose();
        }
        catch (ShmException failure)
        {
            return failure;
        }

        throw new InvalidOperationException("Expected a ShmException, but the call succeeded.");
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
