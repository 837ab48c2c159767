namespace Shm.Arena;

/// <summary>
/// Number that names a heap uniquely during the arena's life. The number consists of the process's token in the low half and
/// the index of the heap's slot in the high half.
/// </summary>
internal static class HeapToken
{
    /// <summary>Bit of a slab's owner that says that the slab is being seized: the heap that the token names has lost the slab.</summary>
    internal const ulong SeizedBit = 1UL << 63;

    internal static ulong Of(uint processToken, int heapIndex) => processToken | ((ulong)heapIndex << 32);

    internal static uint ProcessOf(ulong token) => (uint)token;

    /// <summary>Returns the index of the heap's slot, even if the heap has lost the slab.</summary>
    internal static int HeapIndexOf(ulong token) => (int)((token & ~SeizedBit) >> 32);
}
