namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Runs the loops in C: managed code makes one call per sample and none per block.</summary>
internal sealed unsafe class NativeWorker(NativeFunctions functions, NativeLoops loops) : Worker
{
    /// <inheritdoc/>
    public override void Hold(long byteCount)
    {
        if (((delegate* unmanaged<nuint, nint>)functions.Allocate)((nuint)byteCount) == 0)
        {
            OutOfMemory.Throw("the native allocator", byteCount);
        }
    }

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
    public override void Produce(long byteCount, long groups) =>
        Require(loops.Produce(functions.Allocate, (nuint)byteCount, (nint)groups), byteCount);

    /// <inheritdoc/>
    public override void Consume(long groups) => loops.Consume(functions.Release, (nint)groups);

    private static void Require(nint failures, long byteCount)
    {
        if (failures != 0)
        {
            OutOfMemory.Throw("the native allocator", byteCount);
        }
    }
}
