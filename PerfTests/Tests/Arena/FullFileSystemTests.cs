using System.Diagnostics;
using System.Runtime.InteropServices;
using FluentAssertions;
using PerfTests.Tests.Core;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>
/// Tests that no operation of an arena raises SIGBUS when the file system is full, even if the arena is damaged. An access to a
/// page of metadata that the file system has not allocated would raise it, and end the process of this test.
/// </summary>
[Category("Arena")]
public sealed unsafe class FullFileSystemTests : IDisposable
{
    private const long CapacityBytes = 4 << 20, PageBytes = ArenaLayout.PageBytes;

    private readonly MountedFileSystem _small = MountedFileSystem.MountOrSkip("tmpfs", "size=8m");
    private Filler? _filler;

    public void Dispose()
    {
        _filler?.Dispose();
        _small.Dispose();
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    public void Attach_SparseFileWithoutHeader_ThrowsShmException(long byteCount)
    {
        using (var file = File.Create(Path.Combine(_small.Path, "empty")))
        {
            file.SetLength(byteCount);
        }

        Fill();
        FluentActions.Invoking(() => Attach("empty")).Should().Throw<ShmException>().WithMessage("*has no header yet*");
    }

    /// <summary>A tool that copies files may leave out pages that contain only zeros.</summary>
    [Fact]
    public void Attach_CopyWithoutItsEmptyPages_ThrowsUntilTheFileSystemHasRoom()
    {
        using var arena = Create(isReserved: false);
        using (var copy = File.Create(Path.Combine(_small.Path, "copy")))
        {
            copy.Write(File.ReadAllBytes(Path.Combine(_small.Path, arena.Name)).AsSpan(0, sizeof(ArenaHeader)));
            copy.SetLength(new ArenaLayout(CapacityBytes).TotalBytes);
        }

        Fill();
        FluentActions.Invoking(() => Attach("copy")).Should().Throw<ShmException>().Which.IsOutOfMemory.Should().BeTrue();
        _filler!.Free(100);
        using var attached = Attach("copy");
        attached.Free(attached.Allocate(100));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Operations_FreshArena_RefuseHandlesThatNobodyAllocated(bool isReserved)
    {
        using var arena = Create(isReserved);
        Fill();
        RefuseMadeUpHandles(arena);
        using var peer = Attach(arena.Name);
        RefuseMadeUpHandles(peer);
        peer.GetStatistics().LiveBlockCount.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Operations_CountsOfUsedSlotsTooHigh_VisitOnlyBackedPages(bool isReserved)
    {
        using var arena = Create(isReserved);
        var blocks = new[] { arena.Allocate(1000), arena.Allocate(50_000), arena.Allocate(16) };
        Fill();
        foreach (var count in new[] { 100, 1_000, long.MaxValue, -1, long.MinValue })
        {
            Damage(arena, header => (header->PartsEverUsed, header->HeapsEverUsed, header->ProcessesEverUsed) = (count, count, count));
            UseEverything(arena);
            using (var peer = Attach(arena.Name))
            {
                UseEverything(peer);
                peer.TryAllocate(2_000, out _);
            }
        }

        Damage(arena, header => header->PartsEverUsed = long.MaxValue);
        arena.Recover();
        arena.GetStatistics().LiveBlockCount.Should().Be(blocks.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Operations_MapsNamePartsThatWereNeverUsed_FindNoBlock(bool isReserved)
    {
        using var arena = Create(isReserved);
        arena.Free(arena.Allocate(1000));
        var layout = new ArenaLayout(CapacityBytes);
        foreach (var part in new uint[] { 100, 2_000, (uint)layout.PartCount - 1, uint.MaxValue })
        {
            using (var raw = OpenRaw(arena))
            {
                new Span<uint>((void*)raw.At(layout.RegionMap, 16), 4).Fill(part);
            }

            if (_filler is null)
            {
                Fill();
            }

            RefuseMadeUpHandles(arena);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Free_OwnerIsAHeapThatWasNeverOpened_FreesTheBlock(bool isReserved)
    {
        using var arena = Create(isReserved);
        using var peer = Attach(arena.Name);
        var block = arena.Allocate(1000);
        using var raw = OpenRaw(arena);
        Fill();
        foreach (var heap in new[] { 100, 2_000, ArenaLayout.HeapCount - 1 })
        {
            ((ArenaHeader*)raw.Address)->HeapsEverUsed = ArenaLayout.HeapCount;
            ((SlabPart*)raw.At(new ArenaLayout(CapacityBytes).Parts, 2 * SlabPart.ByteCount))[1].Owner =
                HeapToken.Of(arena.Member.Token, heap);
            peer.Free(block);
            block = peer.Allocate(1000);
        }

        peer.GetStatistics().LiveBlockCount.Should().Be(1);
    }

    [Fact]
    public void OpenHeap_NoPageForAnotherHeap_ThrowsNamingTheFileSystem()
    {
        using var arena = Create(isReserved: false);
        Fill();
        var heaps = OpenHeaps(arena);
        _filler!.Free(1);
        heaps.Add(arena.OpenHeap());
        heaps.ForEach(heap => heap.Dispose());
    }

    [Fact]
    public void TryAllocate_NoPageForTheHeapOfTheThread_ReturnsFalse()
    {
        using var arena = Create(isReserved: true);
        using var peer = Attach(arena.Name);
        Fill();
        var heaps = OpenHeaps(peer);
        arena.TryAllocate(100, out var block).Should().BeFalse();
        block.Should().Be(default(ShmBlock));
        arena.GetStatistics().FailureCount.Should().Be(1);
        FluentActions.Invoking(() => arena.TryAllocate(0, out _)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => arena.Allocate(100)).Should().Throw<ShmException>().Which.IsOutOfMemory.Should().BeTrue();
        _filler!.Free(1);
        arena.TryAllocate(100, out _).Should().BeTrue();
        heaps.ForEach(heap => heap.Dispose());
    }

    /// <summary>
    /// A bitmap that marks the first parts as used would move the first unused part beyond those that are backed, and the next
    /// slab would need all pages in between.
    /// </summary>
    [Fact]
    public void Allocate_BitmapOfPartsSaysAllUsed_FindsNoRoomAndClaimsNothing()
    {
        using var arena = Create(isReserved: false);
        arena.Allocate(1000);
        var layout = new ArenaLayout(CapacityBytes);
        using var raw = OpenRaw(arena);
        new Span<ulong>((void*)raw.At(layout.UsedParts, 256), 32).Fill(ulong.MaxValue);
        var claimed = Smaps.ClaimedByteCount(raw);
        arena.TryAllocate(100_000, out _).Should().BeFalse();
        Smaps.ClaimedByteCount(raw).Should().BeLessThan(claimed + (16 * PageBytes));
    }

    [Fact]
    public void Operations_CountOfUsedPartsTooHighAt1TiB_TakeNeitherMemoryNorTime()
    {
        using var arena = SparseArena.Create(ShmArenaOptions.MaxCapacityBytes);
        var block = arena.Allocate(1000);
        using var raw = ShmSegment.Open(arena.Name, 1);
        var claimed = Smaps.ClaimedByteCount(raw);
        DamagedHeader.Apply(arena.Name, header => (header->PartsEverUsed, header->HeapsEverUsed) = (1L << 30, 4096));
        var watch = Stopwatch.StartNew();
        UseEverything(arena);
        using (var peer = ShmArena.Attach(arena.Name))
        {
            UseEverything(peer);
            peer.SizeOf(block).Should().Be(1024);
        }

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30), "a walk over a billion parts would take minutes");
        Smaps.ClaimedByteCount(raw).Should().BeLessThan(claimed + (1 << 20));
    }

    /// <summary>Opens heaps until there is no page for another one.</summary>
    private static List<ShmHeap> OpenHeaps(ShmArena arena)
    {
        var heaps = new List<ShmHeap>();
        FluentActions.Invoking(() =>
        {
            while (true)
            {
                heaps.Add(arena.OpenHeap());
            }
        }).Should().Throw<ShmException>().WithMessage("*the file system is full and has no page for another heap*")
            .Which.IsOutOfMemory.Should().BeTrue();
        return heaps;
    }

    private void Fill() => _filler = new Filler(_small.Path);

    private ShmArena Create(bool isReserved) =>
        ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, Directory = _small.Path, Reserve = isReserved });

    private ShmArena Attach(string name) => ShmArena.Attach(name, new ShmArenaAttachOptions { Directory = _small.Path });

    private ShmSegment OpenRaw(ShmArena arena) =>
        ShmSegment.Open(arena.Name, PageBytes, new ShmSegmentOpenOptions { Directory = _small.Path });

    private void Damage(ShmArena arena, DamagedHeader.Damage damage)
    {
        using var raw = OpenRaw(arena);
        damage((ArenaHeader*)raw.Address);
    }

    private static void UseEverything(ShmArena arena)
    {
        _ = arena.GetStatistics();
        _ = arena.LiveBlocks().Count();
        _ = arena.ReclaimOffered();
        _ = arena.Recover();
    }

    private static void RefuseMadeUpHandles(ShmArena arena)
    {
        for (long offset = 0; offset < arena.CapacityBytes; offset += arena.CapacityBytes / 64)
        {
            var madeUp = new ShmBlock(arena.Id, 1, offset, 16);
            FluentActions.Invoking(() => arena.GetAddress(madeUp)).Should().Throw<ShmException>();
            FluentActions.Invoking(() => arena.Free(madeUp)).Should().Throw<ShmException>();
            FluentActions.Invoking(() => arena.Claim(madeUp)).Should().Throw<ShmException>();
            arena.TryFindBlock(arena.BaseAddress + (nint)offset, out _).Should().BeFalse();
            ulong[] forged = [arena.Id, (ulong)offset, BlockHandles.FirstExtent(offset >> 8) + 16];
            FluentActions.Invoking(() => arena.Free(MemoryMarshal.Cast<ulong, ShmBlock>(forged)[0])).Should().Throw<ShmException>();
        }
    }
}
