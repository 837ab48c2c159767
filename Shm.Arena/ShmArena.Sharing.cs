using Shm.Core;

namespace Shm.Arena;

// Whose a block is, what becomes of the blocks of the dead, and what there is.
public sealed unsafe partial class ShmArena
{
    /// <summary>
    /// Makes a block the receiver's: should this process die, the block stays, and should the receiver die, it is taken
    /// back. Any process may still use and free it.
    /// </summary>
    /// <exception cref="ShmException">The block is not live, or the receiver is not attached.</exception>
    public void HandOver(ShmBlock block, ArenaMember receiver)
    {
        _core.ThrowIfDisposed();
        if (receiver.Token == 0 || (receiver.Token & ProcessToken.InTransit) != 0 || !_core.Membership.IsAlive(receiver.Token))
        {
            ShmException.Throw("hand over", Name, $"{receiver} is not attached", "Ask the receiver for its member anew, or offer the block.");
        }

        ChangeHolder(block, "hand over", holderMask: 0, receiver.Token, isOffered: false);
        if (!_core.Membership.IsAlive(receiver.Token))
        {
            // It died since, and who looked for its blocks may have passed this one by.
            _core.Membership.MakeRecoveryDue();
        }
    }

    /// <summary>
    /// Makes a block nobody's, before it is told to a process that is not known yet: it can be claimed, and nothing else,
    /// and nobody's death takes it back. See <see cref="ReclaimOffered"/> for what is never claimed.
    /// </summary>
    /// <exception cref="ShmException">The block is not live, or is on offer already.</exception>
    public void Offer(ShmBlock block) =>
        ChangeHolder(block, "offer", holderMask: uint.MaxValue, ProcessToken.InTransit, isOffered: false);

    /// <summary>Makes an offered block this process's. Of several that try, one succeeds.</summary>
    /// <exception cref="ShmException">The block is not on offer (any more).</exception>
    public void Claim(ShmBlock block) =>
        ChangeHolder(block, "claim", holderMask: 0, _core.Membership.Token, isOffered: true);

    /// <summary>Takes back blocks that dead processes offered and nobody has claimed. Only the caller knows that nobody will.</summary>
    /// <returns>How many.</returns>
    public int ReclaimOffered() => _core.ReclaimOffered();

    /// <summary>
    /// Takes back the blocks of processes that died or detached, and adopts their slabs. Attaching does it, and so does an
    /// allocation that finds no room. Several may recover at once, and one may die over it.
    /// </summary>
    public ArenaRecoveryResult Recover() => _core.Recover(ThreadHeaps.Of(_core));

    /// <summary>What there is, for diagnosis: it takes time in proportion to the slabs ever used.</summary>
    public ArenaStatistics GetStatistics()
    {
        _core.ThrowIfDisposed();
        return ArenaCensus.Take(_core);
    }

    /// <summary>Every live block, for diagnosis. Blocks that come and go meanwhile may be missing or be there.</summary>
    public IEnumerable<ArenaBlock> LiveBlocks()
    {
        _core.ThrowIfDisposed();
        var holders = new HolderLives(_core.Membership);
        long index = 1;
        int place = 0;
        while (ArenaCensus.TryNext(_core, ref index, ref place, ref holders, out ArenaBlock found))
        {
            yield return found;
            _core.ThrowIfDisposed();
        }
    }

    /// <summary>Keeps of the holder what the mask says and adds to it, in one step.</summary>
    private void ChangeHolder(in ShmBlock block, string operation, uint holderMask, uint added, bool isOffered)
    {
        SlabPart* part = _core.FindAny(block, out _, out int index, out ulong word);
        while (part != null && BlockWord.IsLive(word) && BlockWord.GenerationOf(word) == block.Generation
            && (BlockWord.HolderOf(word) & ProcessToken.InTransit) != 0 == isOffered)
        {
            ulong changed = BlockWord.With(word, (BlockWord.HolderOf(word) & holderMask) | added);
            ulong seen = Interlocked.CompareExchange(ref SlabPart.Word(part, index), changed, word);
            if (seen == word)
            {
                KillPoint.Hit(CrashWindow.HandOverHolderChanged);
                return;
            }

            word = seen;
        }

        _core.ThrowIfDisposed();
        ShmException.ThrowNotLive(operation, block);
    }
}
