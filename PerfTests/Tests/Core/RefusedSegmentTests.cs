using System.Runtime.InteropServices;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>What stands under a name, or in the way, is told with what to do about it.</summary>
[Category("Core")]
public sealed partial class RefusedSegmentTests : IDisposable
{
    private readonly string _name = SegmentName.Generate();

    public RefusedSegmentTests() => Requires.SharedMemory(Requires.FewPages);

    private string ObjectPath => "/dev/shm/" + _name;

    public void Dispose() => File.Delete(ObjectPath);

    [Fact]
    public void A_missing_object_names_operation_object_error_and_remedy()
    {
        ShmException failure = Refusal(() => ShmSegment.Open("mooncake_none", 1));
        (failure.Operation, failure.ObjectName, failure.ErrnoName, failure.ErrnoNumber)
            .Should().Be(("shm_open", "mooncake_none", "ENOENT", 2));
        failure.Message.Should().Contain("shm_open(mooncake_none)").And.Contain("ENOENT (2)").And.Contain(failure.Remedy);
    }

    [Fact]
    public void A_truncated_object_is_refused()
    {
        using ShmSegment owner = ShmSegment.CreateExclusive(8192);
        using (FileStream file = File.OpenWrite("/dev/shm/" + owner.Name))
        {
            file.SetLength(4096);
        }

        Refusal(() => ShmSegment.Open(owner.Name, 8192)).Message.Should().Be(
            $"open({owner.Name}) failed: the object has 4096 bytes, fewer than the 8192 announced. Its owner has not finished creating it, or announced another length.");
    }

    [Fact]
    public void A_symbolic_link_is_not_followed()
    {
        File.CreateSymbolicLink(ObjectPath, "/etc/hostname");
        Refusal(() => ShmSegment.Open(_name, 1)).Message.Should()
            .StartWith($"shm_open({_name}) failed: ELOOP (40)").And.EndWith("The object is a symbolic link, which is never followed; remove it.");
    }

    [Fact]
    public void A_directory_is_refused_with_the_remedy()
    {
        Directory.CreateDirectory(ObjectPath);
        try
        {
            Refusal(() => ShmSegment.Open(_name, 1)).Message.Should()
                .StartWith($"shm_open({_name}) failed: EISDIR (21)").And.EndWith("Choose another name, or remove the directory that stands under it.");
        }
        finally
        {
            Directory.Delete(ObjectPath);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pipe_is_refused_and_not_waited_for(bool readOnly)
    {
        MakePipe(ObjectPath, Convert.ToUInt32("600", 8)).Should().Be(0);
        Task<ShmException> opening = Task.Run(() => Refusal(() => ShmSegment.Open(_name, 1, readOnly)));
        (await opening.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Message.Should()
            .Be($"open({_name}) failed: the object is not a regular file. Remove what stands under this name.");
    }

    [Fact]
    public void Another_users_object_is_refused_unless_it_is_trusted()
    {
        File.WriteAllBytes(ObjectPath, new byte[100]);
        OtherUser.GiveOrSkip(ObjectPath);
        Refusal(() => ShmSegment.Open(_name, 100)).Message.Should().Be(
            $"open({_name}) failed: the object belongs to user 65534. Only objects of the same user are trusted; run both processes as one user, or allow foreign owners.");
        using ShmSegment trusted = ShmSegment.Open(_name, 100, new ShmSegmentOpenOptions { AllowForeignOwner = true, ReadOnly = true });
        trusted.Length.Should().Be(100);
    }

    [Theory]
    [InlineData("ro,mode=1777", 30, "EROFS")]
    [InlineData("mode=0555", 13, "EACCES")]
    public void A_dev_shm_that_is_not_writable_is_an_error_with_its_remedy(string mountOptions, int errno, string errnoName)
    {
        // Root writes where the mode forbids it, so the child gives its capabilities up.
        using var child = SegmentChild.Start("create",
            $"mount -t tmpfs -o {mountOptions} perftests /dev/shm || exit 77; {(errno == 13 ? "exec setpriv --bounding-set -all --inh-caps -all \"$0\" \"$@\"" : "exec \"$0\" \"$@\"")}",
            "unshare", "--mount");
        string said = child.WaitForEnd();
        Assert.SkipWhen(child.Process.ExitCode == 77 || said.Contains("unshare", StringComparison.Ordinal), $"This test needs a /dev/shm of its own, and may not mount one: {said}");
        said.Should().Contain($"failed: {errnoName} ({errno})").And.Contain("Check the permissions of /dev/shm (mode 1777, mounted writable)");
        child.Process.ExitCode.Should().Be(1, said);
    }

    private static ShmException Refusal(Func<ShmSegment> action)
    {
        try
        {
            action().Dispose();
        }
        catch (ShmException refusal)
        {
            return refusal;
        }

        throw new InvalidOperationException("It was not refused.");
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
