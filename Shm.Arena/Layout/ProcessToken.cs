namespace Shm.Arena;

/// <summary>
/// Marks what a process holds: the slot's index (10 bits), the slot's incarnation (21 bits, never 0) and whether the
/// block is offered (the top bit). A slot can be reused at once: the former process's token differs from the new one's.
/// </summary>
internal static class ProcessToken
{
    internal const uint OfferedBit = 1u << 31;

    private const int SlotBits = 10;
    private const uint IncarnationMask = (1u << 21) - 1;

    internal static uint Of(int slot, uint incarnation) => (uint)slot | ((incarnation & IncarnationMask) << SlotBits);

    internal static int SlotOf(uint token) => (int)(token & ((1u << SlotBits) - 1));

    /// <summary>Returns the incarnation after one, skipping 0.</summary>
    internal static uint NextIncarnation(uint incarnation)
    {
        uint next = (incarnation + 1) & IncarnationMask;
        return next == 0 ? 1 : next;
    }
}
