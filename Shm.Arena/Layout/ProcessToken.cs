namespace Shm.Arena;

/// <summary>
/// Number that marks what a process holds. The number consists of the index of the process slot (10 bits), the slot's
/// incarnation (21 bits, never 0), and the top bit, which says that the block is offered. A slot can be reused at once, since
/// the new process gets a token that differs from the former one. A slot whose incarnations are all used is never taken again.
/// </summary>
internal static class ProcessToken
{
    internal const uint OfferedBit = 1u << 31;

    /// <summary>Number of tokens of a slot, which is also the last incarnation: 2,097,151.</summary>
    internal const uint MaxIncarnation = (1u << 21) - 1;

    private const int SlotBits = 10;

    internal static uint Of(int slot, uint incarnation) => (uint)slot | ((incarnation & MaxIncarnation) << SlotBits);

    internal static int SlotOf(uint token) => (int)(token & ((1u << SlotBits) - 1));

    internal static uint IncarnationOf(uint token) => (token >> SlotBits) & MaxIncarnation;
}
