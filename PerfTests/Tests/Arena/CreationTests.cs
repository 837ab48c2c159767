using System.Runtime.InteropServices;
using FluentAssertions;
using PerfTests.Tests.Core;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed unsafe class CreationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_FileSystemFull_ThrowsAndLeavesNothingBehind(bool prefault)
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=4m");
        var options = new ShmArenaOptions { CapacityBytes = 8 << 20, Directory = small.Path, Name = "big", Prefault = prefault };
        foreach (var one in prefault ? [options, options with { Reserve = false }] : new[] { options })
        {
            var failure = FluentActions.Invoking(() => ShmArena.Create(one)).Should().Throw<ShmException>().Which;
            (failure.ErrnoName, failure.IsOutOfMemory).Should().Be(("ENOSPC", true));
            failure.Message.Should().Contain($"{small.Path}/big").And.Contain($"Enlarge {small.Path}");
            Directory.EnumerateFileSystemEntries(small.Path).Should().BeEmpty();
        }

        // The failed attempts left no space reserved, so that this arena fits.
        using var fits = ShmArena.Create(options with { CapacityBytes = 3 << 20, Prefault = false });
        new Span<byte>((void*)fits.BaseAddress, 3 << 20).Fill(1);
    }

    [Fact]
    public void TryAllocate_NoPageForMetadata_ReturnsFalseInsteadOfRaisingSigbus()
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=1m");
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = 64 << 20, Directory = small.Path, Reserve = false });
        var blocks = new List<ShmBlock>();
        while (arena.TryAllocate(16, out var block))
        {
            blocks.Add(block);
        }

        blocks.Should().HaveCountGreaterThan(20_000).And.HaveCountLessThan(4 << 20);
        FluentActions.Invoking(() => arena.Allocate(16)).Should().Throw<ShmException>()
            .WithMessage("*the arena's metadata needs another page, and the file system is full*create the arena with Reserve*")
            .Which.IsOutOfMemory.Should().BeTrue();
        arena.GetStatistics().LiveBlockCount.Should().Be(blocks.Count);
        blocks.ForEach(block => arena.Free(block));
        arena.UsedBytes.Should().Be(0);
    }

    /// <summary>Reading the page of a part that was never used would allocate the page, which a full file system cannot do.</summary>
    [Fact]
    public void Free_ForgedSlotIndexOnFullFileSystem_ThrowsInsteadOfRaisingSigbus()
    {
        using var small = MountedFileSystem.MountOrSkip("tmpfs", "size=1m");
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = 64 << 20, Directory = small.Path, Reserve = false });
        using ShmHeap heap = arena.OpenHeap(), fresh = arena.OpenHeap();
        while (heap.TryAllocate(16, out _))
        {
        }

        // This file takes the space that was left when the last reservation failed.
        using (var rest = File.Create(Path.Combine(small.Path, "rest")))
        {
            FluentActions.Invoking(() => rest.Write(new byte[1 << 20])).Should().Throw<IOException>();
        }

        foreach (var one in new[] { heap, fresh })
        {
            foreach (var part in new long[] { 1 << 15, 1 << 16 })
            {
                ulong[] forged = [arena.Id, 0, BlockHandles.FirstExtent(part) + 16];
                FluentActions.Invoking(() => one.Free(MemoryMarshal.Cast<ulong, ShmBlock>(forged)[0])).Should().Throw<ShmException>();
            }
        }
    }

    [Fact]
    public void Allocate_SparseArenaOf1TiB_ReachesTheLastByte()
    {
        using var arena = SparseArena.Create(1L << 40);
        using var peer = ShmArena.Attach(arena.Name);
        const int length = 1 << 30;

        // Filling the arena up to its end would take 1 GiB for the page map, so the next search is set to begin near the end.
        DamagedHeader.Apply(arena.Name, header => header->SearchFrom[18] = (1L << 28) - (2 << 18));
        ShmBlock[] last = [arena.Allocate(length), peer.Allocate(length)];
        last[1].Offset.Should().Be((1L << 40) - length);
        foreach (var block in last)
        {
            *(byte*)(arena.GetAddress(block) + length - 1) = 77;
            (*(byte*)(peer.GetAddress(block) + length - 1)).Should().Be(77);
            peer.TryFindBlock(peer.BaseAddress + (nint)block.Offset + (length / 2), out var found).Should().BeTrue();
            found.Should().Be(block);
        }

        var first = arena.Allocate(length);
        first.Offset.Should().Be(0, "no room is left after the last block");
        Array.ForEach([.. last, first], block => peer.Free(block));
        foreach (var byteCount in new long[] { 1, 4_096, 2 << 20, 1L << 33 })
        {
            arena.Free(peer.Allocate(byteCount));
        }

        arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Create_NameTaken_ThrowsUntilCreatorDisposes()
    {
        Requires.ArenaMetadata(1 << 20, blockCount: 1);
        var options = new ShmArenaOptions { CapacityBytes = 1 << 20, Name = $"perftests_arena_{Environment.ProcessId}", Reserve = false };
        using (var first = ShmArena.Create(options))
        {
            first.Name.Should().Be(options.Name);
            FluentActions.Invoking(() => ShmArena.Create(options)).Should().Throw<ShmException>().WithMessage("*EEXIST*");
            using var peer = ShmArena.Attach(first.Name);
            first.Dispose();
            peer.Free(peer.Allocate(100));
        }

        using var second = ShmArena.Create(options);
        FluentActions.Invoking(() => ShmArena.Create(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Attach_ArenaInOtherDirectory_SharesBlocks()
    {
        using var other = MountedFileSystem.MountOrSkip("tmpfs", "size=16m");
        var options = new ShmArenaOptions { CapacityBytes = 2 << 20, Directory = other.Path + "/", HugePages = true, Prefault = true };
        using var arena = ShmArena.Create(options);
        using var peer = ShmArena.Attach(arena.Name, new ShmArenaAttachOptions { Directory = other.Path, Prefault = true });
        var block = arena.Allocate(1000);
        *(int*)arena.GetAddress(block) = 42;
        (*(int*)peer.GetAddress(block)).Should().Be(42);
        FluentActions.Invoking(() => ShmArena.Attach(arena.Name)).Should().Throw<ShmException>().WithMessage("*ENOENT*");
    }
}
