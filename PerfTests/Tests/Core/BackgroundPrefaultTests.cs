using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests mapping the pages of a segment in the background.</summary>
[Category("Core")]
public sealed class BackgroundPrefaultTests
{
    /// <summary>Two whole steps of a thread, and a shorter one.</summary>
    private const long ByteCount = (2 * BackgroundPrefault.StepByteCount) + (1 << 20);

    /// <summary>So many bytes that mapping them takes much longer than creating a segment.</summary>
    private const long ManyBytes = 256L << 20;

    /// <summary>Number of attempts to act while pages are being mapped. A thread that is preempted acts too late.</summary>
    private const int MaxAttempts = 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static ShmSegmentOptions Slowly => new() { PrefaultInBackground = true, PrefaultThreads = 1 };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Prefaulting.MaxThreads)]
    public void Create_PrefaultInBackground_MapsEachPage(int threads)
    {
        Requires.SharedMemory(ByteCount);
        var options = new ShmSegmentOptions { PrefaultInBackground = true, PrefaultThreads = threads };
        using var segment = ShmSegment.CreateExclusive(null, ByteCount, options);
        ShouldBeDone(segment);
        var peerOptions = new ShmSegmentOpenOptions { ReadOnly = true, PrefaultInBackground = true, PrefaultThreads = threads };
        using var peer = ShmSegment.Open(segment.Name, ByteCount, peerOptions);
        ShouldBeDone(peer);
    }

    [Fact]
    public void Create_WithoutPrefaultInBackground_HasNoProgress()
    {
        using var segment = ShmSegment.CreateExclusive(null, 4096, new ShmSegmentOptions { Prefault = true });
        segment.BackgroundPrefault.Should().BeNull();
    }

    [Fact]
    public void Create_PrefaultInBackgroundOnFullFileSystem_ReportsFailureWithoutThrowing()
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=5m");
        var options = new ShmSegmentOptions { Directory = small.Path, PrefaultInBackground = true };
        using (var segment = ShmSegment.CreateExclusive("big", 16 << 20, options))
        {
            var prefault = segment.BackgroundPrefault!;
            prefault.Wait(s_patience).Should().BeTrue();
            prefault.State.Should().Be(BackgroundPrefaultState.Failed);
            prefault.MappedByteCount.Should().BeLessThan(prefault.ByteCount).And.Be(4 << 20);
            (prefault.Failure!.ErrnoName, prefault.Failure.IsOutOfMemory).Should().Be(("ENOSPC", true));
            prefault.Failure.Message.Should().StartWith($"madvise({small.Path}/big) failed").And.Contain($"Enlarge {small.Path}");
            segment.AsSpan(0, 4 << 20).Fill(1);
        }

        Directory.EnumerateFileSystemEntries(small.Path).Should().BeEmpty();
    }

    [Fact]
    public void Dispose_PrefaultRuns_StopsAfterAStep()
    {
        Requires.SharedMemory(ManyBytes);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var segment = ShmSegment.CreateExclusive(null, ManyBytes, Slowly);
            var prefault = segment.BackgroundPrefault!;
            var (hasEnded, before) = (prefault.Wait(TimeSpan.Zero), prefault.State);
            segment.Dispose();
            if (prefault.State == BackgroundPrefaultState.Done)
            {
                // The mapping was faster than this thread.
                continue;
            }

            (hasEnded, before).Should().Be((false, BackgroundPrefaultState.Running));
            prefault.State.Should().Be(BackgroundPrefaultState.Stopped);
            prefault.Failure.Should().BeNull();
            prefault.Wait(TimeSpan.Zero).Should().BeTrue();
            prefault.MappedByteCount.Should().BeLessThan(ManyBytes);
            File.Exists("/dev/shm/" + segment.Name).Should().BeFalse();
            return;
        }

        Assert.Skip("the mapping always ended before the segment was disposed");
    }

    [Fact]
    public void Write_PrefaultRuns_ContentsStay()
    {
        const int pageBytes = 4096;
        Requires.SharedMemory(ManyBytes);
        using var segment = ShmSegment.CreateExclusive(null, ManyBytes, new ShmSegmentOptions { PrefaultInBackground = true });
        var bytes = segment.AsSpan(0, (int)ManyBytes);

        // These writes are before the front and behind it.
        for (var offset = bytes.Length - pageBytes; offset >= 0; offset -= 64 * pageBytes)
        {
            bytes[offset] = 7;
        }

        segment.BackgroundPrefault!.Wait(s_patience).Should().BeTrue();
        for (var offset = bytes.Length - pageBytes; offset >= 0; offset -= 64 * pageBytes)
        {
            bytes[offset].Should().Be(7);
        }
    }

    [Fact]
    public void Prefault_FileShortenedMeanwhile_FailsWithoutSigbus()
    {
        Requires.SharedMemory(ManyBytes);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            using var segment = ShmSegment.CreateExclusive(null, ManyBytes, Slowly);
            SegmentChildTask.Shorten(segment, 4096);
            segment.BackgroundPrefault!.Wait(s_patience).Should().BeTrue();
            if (segment.BackgroundPrefault.State != BackgroundPrefaultState.Done)
            {
                segment.BackgroundPrefault.State.Should().Be(BackgroundPrefaultState.Failed);
                segment.BackgroundPrefault.Failure.Should().NotBeNull();
                return;
            }
        }

        Assert.Skip("the mapping always ended before the file was shortened");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Start_ThreadCannotBeStarted_ThrowsAndReleasesTheSegment(int failingStart)
    {
        Requires.SharedMemory(ByteCount);
        var segment = ShmSegment.CreateExclusive(ByteCount);
        var name = segment.Name;
        var started = new List<Thread>();
        var start = () => segment.StartPrefault(2, [(0, ByteCount)], thread =>
        {
            if (started.Count + 1 == failingStart)
            {
                throw new InvalidOperationException("no thread");
            }

            thread.UnsafeStart();
            started.Add(thread);
        });
        start.Should().Throw<InvalidOperationException>().WithMessage("no thread");
        started.Should().HaveCount(failingStart - 1).And.NotContain(thread => thread.IsAlive);
        File.ReadLines("/proc/self/maps").Should().NotContain(line => line.Contains(name));
        File.Exists("/dev/shm/" + name).Should().BeFalse();
    }

    [Fact]
    public void Options_PrefaultTwice_Throw()
    {
        using var segment = ShmSegment.CreateExclusive(4096);
        using var arena = ShmArena.Create(ShmArenaOptions.MinCapacityBytes);
        Action[] attempts =
        [
            () => ShmSegment.CreateExclusive(null, 4096, new ShmSegmentOptions { Prefault = true, PrefaultInBackground = true }),
            () => ShmSegment.Open(segment.Name, 4096, new ShmSegmentOpenOptions { Prefault = true, PrefaultInBackground = true }),
            () => ShmArena.Create(new ShmArenaOptions { CapacityBytes = 1 << 20, Prefault = true, PrefaultInBackground = true }),
            () => ShmArena.Attach(arena.Name, new ShmArenaAttachOptions { Prefault = true, PrefaultInBackground = true }),
        ];
        attempts.Should().AllSatisfy(attempt => attempt.Should().Throw<ArgumentException>()
            .WithMessage("Prefault and PrefaultInBackground are both true. Set only one of them.*"));
    }

    private static void ShouldBeDone(ShmSegment segment)
    {
        var prefault = segment.BackgroundPrefault!;
        prefault.Wait(s_patience).Should().BeTrue();
        (prefault.State, prefault.Failure).Should().Be((BackgroundPrefaultState.Done, null));
        (prefault.MappedByteCount, prefault.ByteCount).Should().Be((ByteCount, ByteCount));
        Smaps.Of(segment).Resident.Should().Be(ByteCount);
    }
}
