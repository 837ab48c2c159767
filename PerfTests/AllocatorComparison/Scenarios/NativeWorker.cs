namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Runs the loops in C: managed code makes one call per sample and none per block.</summary>
internal sealed unsafe class NativeWorker(NativeFunctions functions, NativeLoops loops, BlockSlots<nint> slots) : Worker
{
    /// <inheritdoc/>
    public override void Hold(long byteCount) => Allocate(byteCount);

    /// <inheritdoc/>
    public override void Pairs(long byteCount, long pairs) =>
        Require(loops.Pairs(functions.Allocate, functions.Release, (nuint)byteCount, (nint)pairs), byteCount);

    /// <inheritdoc/>
    public override void Batches(long byteCount, int blocks, ReadOnlySpan<int> orders)
    {
        fixed (int* first = orders)
        {
            Require(
                loops.Batches(functions.Allocate, functions.Release, (nuint)byteCount, orders.Length / blocks, blocks, first), byteCount);
        }
    }

    /// <inheritdoc/>
    public override void Fill(int set, ReadOnlySpan<int> byteCounts)
    {
        var held = slots.Reserve(set, byteCounts.Length);
        for (var slot = 0; slot < byteCounts.Length; slot++)
        {
            held[slot] = Allocate(byteCounts[slot]);
        }
    }

    /// <inheritdoc/>
    public override void Drain(int set, int slotCount)
    {
        foreach (var block in slots[set].AsSpan(0, slotCount))
        {
            Free(block);
        }
    }

    /// <inheritdoc/>
    public override void Replace(int set, ReadOnlySpan<Replacement> steps)
    {
        fixed (Replacement* first = steps)
        fixed (nint* held = slots[set])
        {
            Require(loops.Replace(functions.Allocate, functions.Release, first, steps.Length, held), steps[0].ByteCount);
        }
    }

    /// <inheritdoc/>
    public override void Scratch(int set, long byteCount, long blocks)
    {
        Free(slots[set][0]);
        Require(
            loops.Scratch(functions.Allocate, functions.Release, (nuint)byteCount, (nint)blocks, ScratchWrites), byteCount);
    }

    /// <inheritdoc/>
    public override void Produce(long byteCount, long groups) =>
        Require(loops.Produce(functions.Allocate, (nuint)byteCount, (nint)groups), byteCount);

    /// <inheritdoc/>
    public override void Consume(long groups) => loops.Consume(functions.Release, (nint)groups);

    private nint Allocate(long byteCount)
    {
        var block = ((delegate* unmanaged<nuint, nint>)functions.Allocate)((nuint)byteCount);
        Require(block == 0 ? 1 : 0, byteCount);
        return block;
    }

    private void Free(nint block) => ((delegate* unmanaged<nint, void>)functions.Release)(block);

    private static void Require(nint failures, long byteCount)
    {
        if (failures != 0)
        {
            OutOfMemory.Throw("the native allocator", byteCount);
        }
    }
}
