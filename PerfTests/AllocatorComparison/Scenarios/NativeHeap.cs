using System.Runtime.CompilerServices;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Calls a native allocator from managed code once per operation, at the lowest cost that .NET offers: the arguments need no
/// conversion, and the calls skip the transition for the garbage collector.
/// </summary>
internal readonly unsafe struct NativeHeap(NativeFunctions functions) : IHeap<nint>
{
    private readonly delegate* unmanaged[SuppressGCTransition]<nuint, nint> _allocate =
        (delegate* unmanaged[SuppressGCTransition]<nuint, nint>)functions.Allocate;
    private readonly delegate* unmanaged[SuppressGCTransition]<nint, void> _release =
        (delegate* unmanaged[SuppressGCTransition]<nint, void>)functions.Release;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Allocate(long byteCount, out nint block)
    {
        block = _allocate((nuint)byteCount);
        if (block == 0)
        {
            OutOfMemory.Throw("the native allocator", byteCount);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(in nint block) => _release(block);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint AddressOf(in nint block) => block;
}
