using System.Runtime.CompilerServices;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Runs the loops in managed code: for the arena, and for a native allocator that is called once per operation.</summary>
internal sealed class ManagedWorker<THeap, TBlock>(THeap heap, HandOver<TBlock> handOver, BlockSlots<TBlock> slots) : Worker
    where THeap : struct, IHeap<TBlock>
    where TBlock : unmanaged
{
    private readonly TBlock[] _held = new TBlock[MaxBatchBlocks];

    /// <inheritdoc/>
    public override void Hold(long byteCount) => heap.Allocate(byteCount, out _);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Pairs(long byteCount, long pairs)
    {
        var own = heap;
        for (long pair = 0; pair < pairs; pair++)
        {
            own.Allocate(byteCount, out var block);
            own.Free(in block);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Batches(long byteCount, int blocks, ReadOnlySpan<int> orders)
    {
        var own = heap;
        var held = _held.AsSpan(0, blocks);
        for (; orders.Length > 0; orders = orders[blocks..])
        {
            for (var i = 0; i < held.Length; i++)
            {
                own.Allocate(byteCount, out held[i]);
            }

            foreach (var i in orders[..blocks])
            {
                own.Free(in held[i]);
            }
        }
    }

    /// <inheritdoc/>
    public override void Fill(int set, ReadOnlySpan<int> byteCounts)
    {
        var held = slots.Reserve(set, byteCounts.Length);
        for (var slot = 0; slot < byteCounts.Length; slot++)
        {
            heap.Allocate(byteCounts[slot], out held[slot]);
        }
    }

    /// <inheritdoc/>
    public override void Drain(int set, int slotCount)
    {
        foreach (ref readonly var block in slots[set].AsSpan(0, slotCount))
        {
            heap.Free(in block);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Replace(int set, ReadOnlySpan<Replacement> steps)
    {
        var (own, held) = (heap, slots[set]);
        foreach (var step in steps)
        {
            ref var block = ref held[step.Slot];
            own.Free(in block);
            own.Allocate(step.ByteCount, out block);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override unsafe void Scratch(int set, long byteCount, long blocks)
    {
        var own = heap;
        own.Free(in slots[set][0]);
        for (long i = 0; i < blocks; i++)
        {
            own.Allocate(byteCount, out var block);
            var word = (long*)own.AddressOf(in block);
            for (long write = 0; write < ScratchWrites; write++)
            {
                Volatile.Write(ref *word, write);
            }

            own.Free(in block);
        }
    }

    /// <inheritdoc/>
    public override void Produce(long byteCount, long groups)
    {
        var own = heap;
        for (long group = 0; group < groups; group++)
        {
            var slot = handOver.AwaitFree();
            for (var i = 0; i < slot.Length; i++)
            {
                own.Allocate(byteCount, out slot[i]);
            }

            handOver.Publish();
        }
    }

    /// <inheritdoc/>
    public override void Consume(long groups)
    {
        var own = heap;
        for (long group = 0; group < groups; group++)
        {
            foreach (ref readonly var block in handOver.AwaitFull())
            {
                own.Free(in block);
            }

            handOver.Return();
        }
    }
}
