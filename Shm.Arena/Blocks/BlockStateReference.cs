using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Points to a block's state in shared memory. Every change of a state is one of these transitions. Any process may
/// change any state at any time; the owner of the slab alone turns a free block into a live one.
/// </summary>
internal readonly unsafe struct BlockStateReference(ulong* state)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BlockState Read() => new(Volatile.Read(ref *state));

    /// <summary>Returns whether the state is the expected one. A plain read: a transition confirms the answer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Is(ulong expected) => *state == expected;

    /// <summary>Returns the state that a free block has after this process takes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong NextTakenBy(in BlockHandles handles) => handles.Take(*state);

    /// <summary>
    /// Takes a free block: writes the state from <see cref="NextTakenBy"/>. Only the owner's heap may call this, and it
    /// clears the free bit afterwards.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Take(ulong taken) => Volatile.Write(ref *state, taken);

    /// <summary>
    /// Frees a block of the caller's own slab without an atomic instruction. Another thread that frees the same block at
    /// the same moment writes the same state, and its remote-free flag makes the owner look at the states again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FreeOwn(ulong held) => Volatile.Write(ref *state, new BlockState(held).Freed.Bits);

    /// <summary>Frees a block if its state is still the one that was seen. Of several threads that try, one succeeds.</summary>
    internal bool TryFree(BlockState seen, out BlockState actual) => TryChange(seen, seen.Freed, out actual);

    /// <summary>Changes the holder if the state is still the one that was seen.</summary>
    internal bool TryChangeHolder(BlockState seen, uint holder, out BlockState actual) => TryChange(seen, seen.With(holder), out actual);

    /// <summary>Writes the first state of a block while its slab is created and no other process reads it.</summary>
    internal void Initialize(BlockState first) => *state = first.Bits;

    private bool TryChange(BlockState seen, BlockState next, out BlockState actual)
    {
        actual = new(Interlocked.CompareExchange(ref *state, next.Bits, seen.Bits));
        return actual.Bits == seen.Bits;
    }
}
