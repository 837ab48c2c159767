using System.Numerics;
using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Points to a block's state in shared memory. Every change of a block's state is a method of this type. Any process may change
/// any state at any time, but only the owner of the slab makes a free block live.
/// </summary>
internal readonly unsafe struct BlockStateReference(ulong* state)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BlockState Read() => new(Volatile.Read(ref *state));

    /// <summary>Reads the state by a plain read. The state may change between this read and a transition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong ReadUnordered() => *state;

    /// <summary>
    /// Takes a free block: writes the state from <see cref="BlockHandles.Take"/>. Only the owner's heap may call this, and it must
    /// clear the block's free bit afterwards.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Take(ulong taken)
    {
        KillPoint.Step();
        Volatile.Write(ref *state, taken);
    }

    /// <summary>
    /// Frees a block of the caller's own slab without an atomic instruction. If another thread frees the same block at the same
    /// moment, that thread writes the same state and sets the remote-free flag, so that the owner reads the states again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FreeOwn(ulong freed)
    {
        KillPoint.Step();
        Volatile.Write(ref *state, freed);
    }

    /// <summary>
    /// Frees a block if its state still equals the state that the caller read. If several threads try, only one succeeds.
    /// </summary>
    internal bool TryFree(BlockState seen, out BlockState actual) => TryChange(seen, seen.Freed, out actual);

    /// <summary>Changes the holder if the state still equals the state that the caller read.</summary>
    internal bool TryChangeHolder(BlockState seen, uint holder, out BlockState actual) => TryChange(seen, seen.With(holder), out actual);

    /// <summary>
    /// Writes the first states of consecutive blocks while their slab is being created and no other process reads the states.
    /// </summary>
    /// <param name="first">State of the block to which this reference points; the others follow from it.</param>
    /// <param name="count">Number of blocks.</param>
    internal void Initialize(BlockState first, int count)
    {
        var block = 0;
        var states = first.Consecutive();
        for (; block <= count - Vector<ulong>.Count; block += Vector<ulong>.Count)
        {
            states.Store(state + block);
            states += BlockState.StepOfConsecutive;
        }

        for (; block < count; block++)
        {
            state[block] = first.Nth(block).Bits;
        }
    }

    private bool TryChange(BlockState seen, BlockState next, out BlockState actual)
    {
        KillPoint.Step();
        actual = new(Interlocked.CompareExchange(ref *state, next.Bits, seen.Bits));
        return actual.Bits == seen.Bits;
    }
}
