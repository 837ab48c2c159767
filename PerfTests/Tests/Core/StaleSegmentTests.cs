using System.Diagnostics;
using FluentAssertions;
using PerfTests.Files;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests the list and the removal of stale segments. A segment is stale if its owner was killed and no process uses it.</summary>
[Category("Core")]
public sealed class StaleSegmentTests : IDisposable
{
    private readonly List<string> _files = [];

    public StaleSegmentTests() => Requires.SharedMemory(16 * Requires.FewPages);

    [Fact]
    public void Remove_OwnerExited_RemovesOnlyItsSegments()
    {
        using var exited = Process.Start("true");
        exited.WaitForExit();
        var stale = Leave(SegmentOwner.Current with { ProcessId = exited.Id }, byteCount: 5);
        var odd = Leave($"mooncake_{exited.Id}_notours", byteCount: 5);
        using var live = ShmSegment.CreateExclusive(100);

        StaleSegments.List().Should().ContainSingle(segment => segment.Name == stale)
            .Which.Should().Match<StaleSegment>(segment => segment.ByteCount == 5 && segment.ClaimedByteCount == 4096
                && segment.OwnerProcessId == exited.Id && segment.Age > TimeSpan.FromMinutes(59) && segment.Age < TimeSpan.FromMinutes(70));
        StaleSegments.Remove().Should().Contain(segment => segment.Name == stale)
            .And.NotContain(segment => segment.Name == live.Name || segment.Name == odd);
        File.Exists("/dev/shm/" + stale).Should().BeFalse();
        File.Exists("/dev/shm/" + live.Name).Should().BeTrue();
        File.Exists("/dev/shm/" + odd).Should().BeTrue();
    }

    [Fact]
    public void Remove_OwnerInOtherNamespaceKilled_RemovesItsSegment()
    {
        var otherNamespace = SegmentOwner.Current.NamespaceTag ^ 1;
        var stale = Leave(SegmentOwner.Current with { NamespaceTag = otherNamespace }, byteCount: 5);
        StaleSegments.Remove().Should().Contain(segment => segment.Name == stale);
    }

    [Fact]
    public void List_EmptyFileCreatedNow_DoesNotListIt()
    {
        var name = Leave(SegmentOwner.Current);
        StaleSegments.List().Should().NotContain(segment => segment.Name == name, "its owner may not have opened it yet");
    }

    [Fact]
    public void List_FileSystemCannotTellUse_ListsNothing()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipWhen(new DriveInfo(folder.Path).DriveFormat == "tmpfs", "needs temporary files on a disk");
        var name = Name(SegmentOwner.Current, 0);
        File.WriteAllBytes(Path.Combine(folder.Path, name), new byte[5]);
        StaleSegments.List(folder.Path).Should().BeEmpty();
        StaleSegments.Remove(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Open_AnotherProcessExaminesTheSegment_WaitsUntilItHasEnded()
    {
        var name = Leave(SegmentOwner.Current, byteCount: 100);
        SegmentLease.TryTake(null, name, isExclusive: true, out var lease).Should().Be(SegmentUse.Unused);
        SegmentLease.TryTake(null, name, isExclusive: true, out _).Should().Be(SegmentUse.InUse, "one process at a time removes a segment");
        SegmentLease.TryTake(null, name, isExclusive: false, out var second).Should().Be(SegmentUse.Unused);
        var opening = Task.Run(() => ShmSegment.Open(name, 100).Dispose(), TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        opening.IsCompleted.Should().BeFalse();
        lease!.Dispose();
        second!.Dispose();
        await opening;
    }

    [Fact]
    public async Task Remove_SegmentInUse_OtherProgramCanOpenItsFileAllTheTime()
    {
        const int attempts = 20_000;
        using var segment = ShmSegment.CreateExclusive(100);
        var remover = Task.Run(
            () =>
            {
                for (var attempt = 0; attempt < attempts; attempt++)
                {
                    SegmentLease.TryTake(null, segment.Name, isExclusive: true, out _).Should().Be(SegmentUse.InUse);
                }
            },
            TestContext.Current.CancellationToken);

        // File.OpenHandle locks the file, and throws if another process has an exclusive lock.
        while (!remover.IsCompleted)
        {
            File.OpenHandle($"/dev/shm/{segment.Name}", share: FileShare.ReadWrite).Dispose();
        }

        await remover;
    }

    [Fact]
    public void Remove_LinkOrFileOfAnotherUser_DoesNotRemoveIt()
    {
        var exited = SegmentOwner.Current;
        var link = Name(exited, 1);
        File.CreateSymbolicLink("/dev/shm/" + link, "/etc/hostname");
        _files.Add(link);
        StaleSegments.Remove().Should().NotContain(segment => segment.Name == link);

        var foreign = Leave(exited, byteCount: 5, number: 2);
        OtherUser.GiveOrSkip("/dev/shm/" + foreign);
        StaleSegments.Remove().Should().NotContain(segment => segment.Name == foreign);
        File.Exists("/dev/shm/" + foreign).Should().BeTrue();
    }

    [Fact]
    public void List_MissingDirectory_Throws() =>
        FluentActions.Invoking(() => StaleSegments.List("/perftests-no-such-directory"))
            .Should().Throw<ShmException>().WithMessage("list(/perftests-no-such-directory) failed: *Pass a directory that exists*");

    [Theory]
    [InlineData("mooncake_12_1f_ffffc_01234567", 12)]
    [InlineData("mooncake_12_1f_ffffc_0123456", 0)]
    [InlineData("mooncake_12_1f_ffffc_0123456g", 0)]
    [InlineData("mooncake_12_1f_ffff_01234567", 0)]
    [InlineData("mooncake_12_1f_01234567", 0)]
    [InlineData("mooncake_12__ffffc_01234567", 0)]
    [InlineData("mooncake_-12_1f_ffffc_01234567", 0)]
    [InlineData("mooncake__1f_ffffc_01234567", 0)]
    [InlineData("mooncake_0_1f_ffffc_01234567", 0)]
    [InlineData("mooncake_12_1f_ffffc_01234567_8", 0)]
    [InlineData("other_12_1f_ffffc_01234567", 0)]
    public void TryParseOwner_AnyName_SucceedsOnlyIfNameWasGenerated(string name, int processId)
    {
        SegmentName.TryParseOwner(name, out var owner).Should().Be(processId > 0);
        owner.Should().Be(processId > 0 ? new SegmentOwner(processId, 0x1f, 0xffffc) : default);
    }

    public void Dispose() => _files.ForEach(file => File.Delete("/dev/shm/" + file));

    private static string Name(SegmentOwner owner, int number) =>
        FormattableString.Invariant($"{SegmentName.Prefix}{owner.ToText()}{number:x8}");

    private string Leave(SegmentOwner owner, int byteCount = 0, int number = 0) => Leave(Name(owner, number), byteCount);

    private string Leave(string name, int byteCount = 0)
    {
        var path = "/dev/shm/" + name;
        _files.Add(name);
        File.WriteAllBytes(path, new byte[byteCount]);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        return name;
    }
}
