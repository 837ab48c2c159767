namespace Shm.Arena;

/// <summary>
/// Number that names a heap uniquely during the arena's life. The number consists of the process's token in the low half and
/// the index of the heap's slot in the high half.
/// </summary>
internal static class HeapToken
{
    internal static ulong Of(uint processToken, int heapIndex) => processToken | ((ulong)heapIndex << 32);

    internal static uint ProcessOf(ulong token) => (uint)token;

    internal static int HeapIndexOf(ulong token) => (int)(token >> 32);
}
