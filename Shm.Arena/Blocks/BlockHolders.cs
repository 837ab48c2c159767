using Shm.Core;

namespace Shm.Arena;

/// <summary>Changes the holder of live blocks: hands them over, offers them and claims them.</summary>
internal sealed unsafe class BlockHolders(
    ArenaMemory memory, BlockLookup lookup, Membership membership, ArenaLifetime lifetime, string name)
{
    /// <inheritdoc cref="ShmArena.HandOver"/>
    internal void HandOver(in ShmBlock block, ArenaMember receiver)
    {
        lifetime.ThrowIfDisposed();
        if (receiver.Token == 0 || (receiver.Token & ProcessToken.OfferedBit) != 0 || !membership.IsAttached(receiver.Token))
        {
            ShmException.Throw("hand over", name, $"{receiver} is not attached",
                "Ask the receiving process for its current ShmArena.Member, or offer the block.");
        }

        Change(block, "hand over", holderMask: 0, receiver.Token, isOffered: false);
        if (!membership.IsAttached(receiver.Token))
        {
            // The receiver exited meanwhile, and a recovery may have passed this block already: make another recovery due.
            memory.Header->CountDeparture();
        }
    }

    /// <inheritdoc cref="ShmArena.Offer"/>
    internal void Offer(in ShmBlock block) => Change(block, "offer", holderMask: uint.MaxValue, ProcessToken.OfferedBit, isOffered: false);

    /// <inheritdoc cref="ShmArena.Claim"/>
    internal void Claim(in ShmBlock block) => Change(block, "claim", holderMask: 0, membership.Token, isOffered: true);

    /// <summary>
    /// Changes the holder of a block by compare-and-swap: keeps the bits that the mask selects, and sets the added bits.
    /// </summary>
    private void Change(in ShmBlock block, string operation, uint holderMask, uint added, bool isOffered)
    {
        var part = lookup.FindAny(block, out var index, out var state);
        while (part != null && state.IsLive && state.Generation == block.Generation && state.IsOffered == isOffered)
        {
            if (SlabPart.StateOf(part, index).TryChangeHolder(state, (state.Holder & holderMask) | added, out var actual))
            {
                KillPoint.Hit(CrashWindow.HandOverHolderChanged);
                return;
            }

            state = actual;
        }

        lifetime.ThrowIfDisposed();
        if (isOffered)
        {
            BlockErrors.ThrowNotOffered(operation, block, state);
        }

        BlockErrors.ThrowNotHeld(operation, block, state);
    }
}
