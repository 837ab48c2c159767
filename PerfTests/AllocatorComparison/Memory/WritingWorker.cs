using PerfTests.AllocatorComparison.Scenarios;

namespace PerfTests.AllocatorComparison.Memory;

/// <inheritdoc cref="IWritingWorker"/>
internal sealed class WritingWorker<THeap, TBlock>(THeap heap, BlockSlots<TBlock> slots) : IWritingWorker
    where THeap : struct, IHeap<TBlock>
    where TBlock : unmanaged
{
    private const int PageBytes = 4096;

    /// <inheritdoc/>
    public void Reserve(int set, int slotCount) => slots.Reserve(set, slotCount).AsSpan().Clear();

    /// <inheritdoc/>
    public void Fill(int set, ReadOnlySpan<int> byteCounts)
    {
        var held = slots[set];
        for (var slot = 0; slot < byteCounts.Length; slot++)
        {
            Allocate(byteCounts[slot], out held[slot]);
        }
    }

    /// <inheritdoc/>
    public void Replace(int set, ReadOnlySpan<Replacement> steps)
    {
        var held = slots[set];
        foreach (var step in steps)
        {
            heap.Free(in held[step.Slot]);
            Allocate(step.ByteCount, out held[step.Slot]);
        }
    }

    private unsafe void Allocate(int byteCount, out TBlock block)
    {
        heap.Allocate(byteCount, out block);
        var bytes = (byte*)heap.AddressOf(in block);
        for (var offset = 0; offset < byteCount; offset += PageBytes)
        {
            bytes[offset] = 1;
        }

        bytes[byteCount - 1] = 1;
    }
}
