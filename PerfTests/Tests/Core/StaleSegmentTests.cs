using System.Diagnostics;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests the list and the removal of stale segments. A segment is stale if the process that owned it has exited.</summary>
[Category("Core")]
public sealed class StaleSegmentTests : IDisposable
{
    private readonly List<string> _files = [];

    public StaleSegmentTests() => Requires.SharedMemory(Requires.FewPages);

    [Fact]
    public void Remove_OwnerExited_RemovesOnlyItsSegments()
    {
        using var exited = Process.Start("true");
        exited.WaitForExit();
        var stale = Leave(SegmentOwner.Current with { ProcessId = exited.Id }, byteCount: 5);
        var odd = Leave($"mooncake_{exited.Id}_notours");
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
    public void Remove_ProcessIdReused_RemovesSegmentOfEarlierProcess()
    {
        var earlier = Leave(SegmentOwner.Current with { StartTicks = SegmentOwner.Current.StartTicks - 1 });
        var own = Leave(SegmentOwner.Current);
        StaleSegments.Remove().Select(segment => segment.Name).Should().Contain(earlier).And.NotContain(own);
    }

    [Fact]
    public void List_OwnerInOtherNamespace_DoesNotListItsSegment()
    {
        var otherNamespace = SegmentOwner.Current.NamespaceTag ^ 1;
        var elsewhere = Leave(SegmentOwner.Current with { ProcessId = int.MaxValue, NamespaceTag = otherNamespace });
        StaleSegments.List().Should().NotContain(segment => segment.Name == elsewhere);
    }

    [Fact]
    public void MayBeRunning_UnknownNamespace_IsTrue() =>
        (SegmentOwner.Current with { ProcessId = int.MaxValue, NamespaceTag = 0 }).MayBeRunning().Should().BeTrue();

    [Fact]
    public void List_OwnerIsZombie_ListsItsSegment()
    {
        // The shell's child must become a zombie, so sleep replaces the shell and never waits for that child.
        using var parent = Process.Start(new ProcessStartInfo("sh", ["-c", "exec 3<&0; cat <&3 >&2 & echo $!; exec sleep 60"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var zombie = int.Parse(parent.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
            WaitFor($"/proc/{parent.Id}/comm", "sleep\n");
            parent.StandardInput.Close();
            WaitFor($"/proc/{zombie}/stat", ") Z");
            var startTicks = ProcessLifetime.Read(zombie).StartTicks;
            var stale = Leave(new SegmentOwner(zombie, startTicks, SegmentOwner.Current.NamespaceTag));
            StaleSegments.List().Should().Contain(segment => segment.Name == stale);
        }
        finally
        {
            parent.Kill();
            parent.WaitForExit();
        }
    }

    [Fact]
    public void Remove_LinkOrFileOfAnotherUser_DoesNotRemoveIt()
    {
        var exited = SegmentOwner.Current with { ProcessId = int.MaxValue };
        var link = Name(exited, 1);
        File.CreateSymbolicLink("/dev/shm/" + link, "/etc/hostname");
        _files.Add(link);
        StaleSegments.Remove().Should().NotContain(segment => segment.Name == link);

        var foreign = Leave(exited, number: 2);
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

    private static void WaitFor(string file, string text) =>
        SpinWait.SpinUntil(() => File.ReadAllText(file).Contains(text, StringComparison.Ordinal), 20_000).Should().BeTrue();

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
