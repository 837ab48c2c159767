namespace Shm.Arena;

/// <summary>Names a heap uniquely for the arena's life: its process's token in the low half, its slot's index in the high half.</summary>
internal static class HeapToken
{
    internal static ulong Of(uint processToken, int heapIndex) => processToken | ((ulong)heapIndex << 32);

    internal static uint ProcessOf(ulong token) => (uint)token;

    internal static int HeapIndexOf(ulong token) => (int)(token >> 32);
}
