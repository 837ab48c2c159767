using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests mapping the pages of long ranges by several threads.</summary>
[Category("Core")]
public sealed class PrefaultTests
{
    /// <summary>Two whole steps of a thread, and a shorter one.</summary>
    private const long ByteCount = (2 * Prefaulting.StepByteCount) + (1 << 20);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Prefaulting.MaxThreads)]
    public void Create_PrefaultByThreads_MapsEachPage(int threads)
    {
        Requires.SharedMemory(ByteCount);
        var options = new ShmSegmentOptions { Prefault = true, PrefaultThreads = threads };
        using var segment = ShmSegment.CreateExclusive(null, ByteCount, options);
        Smaps.Of(segment).Resident.Should().Be(ByteCount);
        var peerOptions = new ShmSegmentOpenOptions { ReadOnly = true, Prefault = true, PrefaultThreads = threads };
        using var peer = ShmSegment.Open(segment.Name, ByteCount, peerOptions);
        Smaps.Of(peer).Resident.Should().Be(ByteCount);
    }

    [Fact]
    public void TryPrefault_RangeThatBeginsWithinAPage_MapsOnlyThePagesOfTheRange()
    {
        Requires.SharedMemory(ByteCount);
        using var segment = ShmSegment.CreateExclusive(ByteCount);
        segment.TryPrefault(100, 2 * Prefaulting.StepByteCount, threads: 2).Should().BeTrue();
        Smaps.Of(segment).Resident.Should().Be((2 * Prefaulting.StepByteCount) + Environment.SystemPageSize);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Create_PrefaultOnFullFileSystem_ThrowsAndLeavesNoFile(int threads)
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=12m");
        var options = new ShmSegmentOptions { Directory = small.Path, Prefault = true, PrefaultThreads = threads };
        FluentActions.Invoking(() => ShmSegment.CreateExclusive("big", ByteCount, options))
            .Should().Throw<ShmException>().Which.ErrnoName.Should().Be("ENOSPC");
        Directory.EnumerateFileSystemEntries(small.Path).Should().BeEmpty();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Prefaulting.MaxThreads + 1)]
    public void PrefaultThreads_OutOfRange_Throws(int threads)
    {
        using var segment = ShmSegment.CreateExclusive(4096);
        using var arena = ShmArena.Create(ShmArenaOptions.MinCapacityBytes);
        Action[] attempts =
        [
            () => segment.TryPrefault(0, 4096, threads),
            () => ShmSegment.CreateExclusive(null, 4096, new ShmSegmentOptions { PrefaultThreads = threads }),
            () => ShmSegment.Open(segment.Name, 4096, new ShmSegmentOpenOptions { PrefaultThreads = threads }),
            () => ShmArena.Create(new ShmArenaOptions { CapacityBytes = 1 << 20, PrefaultThreads = threads }),
            () => ShmArena.Attach(arena.Name, new ShmArenaAttachOptions { PrefaultThreads = threads }),
        ];
        attempts.Should().AllSatisfy(attempt => attempt.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The number of prefaulting threads must be 1 to 8, or 0 for the default.*"));
    }
}
