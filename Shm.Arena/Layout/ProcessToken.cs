namespace Shm.Arena;

/// <summary>
/// Number that marks what a process holds. The number consists of the index of the process slot (10 bits), the slot's
/// incarnation (21 bits, never 0), and the top bit, which says that the block is offered. A slot can be reused at once, since
/// the new process gets a token that differs from the former one.
/// </summary>
internal static class ProcessToken
{
    internal const uint OfferedBit = 1u << 31;

    private const int SlotBits = 10;
    private const uint IncarnationMask = (1u << 21) - 1;

    internal static uint Of(int slot, uint incarnation) => (uint)slot | ((incarnation & IncarnationMask) << SlotBits);

    internal static int SlotOf(uint token) => (int)(token & ((1u << SlotBits) - 1));

    /// <summary>Returns the incarnation that follows the given one. The result is never 0.</summary>
    internal static uint NextIncarnation(uint incarnation)
    {
        var next = (incarnation + 1) & IncarnationMask;
        return next == 0 ? 1 : next;
    }
}
