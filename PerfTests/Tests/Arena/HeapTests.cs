using System.Reflection;
using System.Runtime.CompilerServices;
using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed unsafe class HeapTests : IDisposable
{
    /// <summary>Shared memory of an arena whose 4096 heaps are all open, in bytes.</summary>
    private const long HeapTableBytes = 6L << 20;

    private readonly ShmArena _arena = SparseArena.Create(16 << 20);

    public void Dispose() => _arena.Dispose();

    [Fact]
    public void Allocate_ThroughHeap_BlockBelongsToTheArena()
    {
        using var heap = _arena.OpenHeap();
        using var other = _arena.OpenHeap();
        var block = heap.Allocate(1000);
        _arena.SizeOf(block).Should().Be(1024);
        _arena.LiveBlocks().Should().ContainSingle().Which.Holder.Should().Be(_arena.Member);
        other.Free(block);
        FluentActions.Invoking(() => heap.Free(block)).Should().Throw<ShmException>().WithMessage("*not a live block*");
        FluentActions.Invoking(() => other.Free(block)).Should().Throw<ShmException>();
        heap.TryAllocateAligned(5000, 4096, out var aligned).Should().BeTrue();
        (_arena.GetAddress(aligned) % 4096).Should().Be(0);
        _arena.Free(aligned);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Dispose_HeapWithSlabs_NextHeapTakesThemOver()
    {
        var first = _arena.OpenHeap();
        var kept = first.Allocate(100);
        var claimedBytes = _arena.GetStatistics().ClaimedBytes;
        first.Dispose();
        first.Dispose();
        using (var second = _arena.OpenHeap())
        {
            var next = second.Allocate(100);
            _arena.GetStatistics().ClaimedBytes.Should().Be(claimedBytes, "the slab of the disposed heap has room for both blocks");
            second.Free(next);
            second.Free(kept);
        }

        // Slabs of a disposed heap are released when another heap finds no room.
        _arena.Free(_arena.Allocate(_arena.CapacityBytes));
    }

    [Fact]
    public void Free_ThreadWithoutHeap_OwnerAllocatesTheBlocksAgain()
    {
        var blocks = new List<ShmBlock>();
        while (_arena.TryAllocate(100_000, out var block))
        {
            blocks.Add(block);
        }

        var other = new Thread(() => blocks.ForEach(block => _arena.Free(block)));
        other.Start();
        other.Join();
        _arena.UsedBytes.Should().Be(0);
        var again = 0;
        while (_arena.TryAllocate(100_000, out _))
        {
            again++;
        }

        again.Should().Be(blocks.Count);
    }

    [Fact]
    public void Allocate_AfterThreadsEnded_ReusesTheirHeaps()
    {
        for (var round = 0; round < 40; round++)
        {
            UseFromNewThread();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        HeapsEverUsed().Should().BeLessThan(20, "the 40 threads ran one after the other");
    }

    [Fact]
    public void OpenHeap_4097thHeap_ThrowsUntilOneIsDisposed()
    {
        Requires.SharedMemory(HeapTableBytes);
        var heaps = new List<ShmHeap>();
        ShmException? refusal = null;
        while (refusal is null)
        {
            try
            {
                heaps.Add(_arena.OpenHeap());
            }
            catch (ShmException failure)
            {
                refusal = failure;
            }
        }

        heaps.Count.Should().Be(4096);
        refusal.Message.Should().Contain("4096 heaps are open already. Dispose heaps");
        heaps[7].Dispose();
        _arena.OpenHeap().Dispose();
    }

    [Fact]
    public void AnyOperation_DisposedArena_ThrowsObjectDisposedException()
    {
        using var peer = ShmArena.Attach(_arena.Name);
        var heap = _arena.OpenHeap();
        var block = heap.Allocate(100);
        var large = _arena.Allocate(3 << 20);
        var address = _arena.GetAddress(block);
        using var walk = _arena.LiveBlocks().GetEnumerator();
        walk.MoveNext().Should().BeTrue();
        _arena.Dispose();
        _arena.Dispose();
        Action[] actions =
        [
            () => _arena.Allocate(100), () => _arena.TryAllocate(100, out _),
            () => _arena.AllocateAligned(100, 64), () => _arena.Allocate(5 << 20),
            () => _arena.Free(block), () => _arena.Free(large), () => _arena.GetAddress(block),
            () => _arena.SizeOf(block), () => _arena.OpenHeap(),
            () => _arena.HandOver(block, peer.Member), () => _arena.HandOver(block, _arena.Member),
            () => _arena.Offer(block), () => _arena.Claim(block),
            () => _arena.ReclaimOffered(), () => _arena.Recover(), () => _arena.GetStatistics(), () => _ = _arena.UsedBytes,
            () => _ = _arena.LiveBlocks().First(), () => walk.MoveNext(), () => heap.Allocate(100),
            () => heap.Allocate(5 << 20), () => heap.Free(block),
            () => heap.Free(large), () => heap.TryAllocateAligned(100, 64, out _),
        ];
        foreach (var action in actions)
        {
            action.Should().Throw<ObjectDisposedException>();
        }

        _arena.TryResolve((ulong)address, 1, out _).Should().BeFalse();
        _arena.TryFindBlock(address, out _).Should().BeFalse();
        heap.Dispose();
        peer.Recover().ReclaimedBlockCount.Should().Be(2);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void UseFromNewThread()
    {
        var thread = new Thread(() => _arena.Free(_arena.Allocate(100)));
        thread.Start();
        thread.Join();
    }

    private long HeapsEverUsed()
    {
        using var raw = ShmSegment.Open(_arena.Name, 4096);
        return ((ArenaHeader*)raw.Address)->HeapsEverUsed;
    }

    /// <summary>The constructor throws OutOfMemoryException before it has set the field, and the finalizer runs nevertheless.</summary>
    [Fact]
    public void Finalizer_TablesWhoseConstructorThrew_DoesNotThrow()
    {
        var tables = RuntimeHelpers.GetUninitializedObject(typeof(HeapTables));
        var finalizer = typeof(HeapTables).GetMethod("Finalize", BindingFlags.Instance | BindingFlags.NonPublic)!;
        FluentActions.Invoking(() => finalizer.Invoke(tables, null)).Should().NotThrow();
    }
}
