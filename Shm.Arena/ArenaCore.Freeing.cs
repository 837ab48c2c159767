using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <content>Blocks and slabs that come back.</content>
internal sealed unsafe partial class ArenaCore
{
    /// <summary>Frees a block that this process holds in another heap's slab.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void FreeOfOther(SlabPart* part, ref ulong word, ulong held, in ShmBlock block)
    {
        if (Interlocked.CompareExchange(ref word, BlockWord.GiveBack(held), held) != held)
        {
            FreeElsewhere(block);
        }
        else
        {
            KillPoint.Hit(CrashWindow.OtherHeapFreeHolderCleared);

            // Of a large block, whose handle has a place only if somebody made it up, the part is the slab.
            GaveBack(part, part);
        }
    }

    /// <summary>Frees a block, whatever its handle says.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void FreeElsewhere(in ShmBlock handle)
    {
        // Once: what was checked must be what is used, wherever the handle lies.
        ShmBlock block = handle;
        SlabPart* part = Find(block, "free", out SlabPart* slab, out int index, out ulong word);
        while (true)
        {
            // Whoever makes the word say so has freed the block; a second one sees it and is told.
            ulong seen = Interlocked.CompareExchange(ref SlabPart.Word(part, index), BlockWord.GiveBack(word), word);
            if (seen == word)
            {
                break;
            }

            if (!BlockWord.IsHeld(word = seen, block.Generation))
            {
                ShmException.ThrowNotLive("free", block);
            }
        }

        KillPoint.Hit(CrashWindow.RemoteFreeHolderCleared);
        GaveBack(slab, part);
    }

    /// <summary>After a block's word was made free, by an atomic instruction: tells those who can hand it out. Twice does no harm.</summary>
    internal void GaveBack(SlabPart* slab, SlabPart* part)
    {
        if (slab->Class == SlabPart.LargeClass)
        {
            KillPoint.Hit(CrashWindow.LargeFreeHolderCleared);
            ReleaseLarge(slab);
            return;
        }

        // Where notice stands at this moment the owner has yet to clear it, and then sees the word.
        if (Volatile.Read(ref part->Notice) == 0)
        {
            GiveNotice(part);
        }
    }

    /// <summary>Has the owner look at a part's words.</summary>
    internal void GiveNotice(SlabPart* part)
    {
        Interlocked.Exchange(ref part->Notice, 1);
        KillPoint.Hit(CrashWindow.RemoteFreeFlagSet);
        for (ulong owner = OwnerOf(part), told = 0; owner != told; owner = OwnerOf(part))
        {
            LeaveWord(owner, part);
            told = owner;
        }
    }

    /// <summary>The owner of the slab that a part is of now, whichever it was of when the block was found; 0 if of none.</summary>
    private ulong OwnerOf(SlabPart* part)
    {
        SlabPart* slab = part - part->PartIndex;
        return slab > Memory.Parts ? Volatile.Read(ref slab->Owner) : 0;
    }

    /// <summary>Gives up a slab that the heap's lists have no more; they get it back if somebody does not let the supply go.</summary>
    internal void Release(SlabPart* slab, HeapLists lists)
    {
        try
        {
            EnterSupply();
        }
        catch (ShmException)
        {
            lists.Add(Memory.IndexOf(slab), Math.Min(slab->Class, (ushort)(SizeClasses.Count - 1)), Math.Min(slab->PartCount, (byte)ArenaLayout.MaxSlabParts));
            return;
        }

        _supply.Release(Memory.IndexOf(slab));
        ExitSupply();
    }

    /// <summary>Gives up a large block whose word says that it is free. Several may try: one does it.</summary>
    internal void ReleaseLarge(SlabPart* slab)
    {
        try
        {
            EnterSupply();
        }
        catch (ShmException)
        {
            // It is free already, and the block's user can do no more: the next recovery gives it up.
            Membership.MakeRecoveryDue();
            return;
        }

        try
        {
            if (slab->State == SlabState.Large && !BlockWord.IsLive(Volatile.Read(ref SlabPart.Word(slab, 0))))
            {
                _supply.Release(Memory.IndexOf(slab));
            }
        }
        finally
        {
            ExitSupply();
        }
    }

    /// <summary>Tells a heap which of its parts has notice.</summary>
    private void LeaveWord(ulong owner, SlabPart* part)
    {
        int heapIndex = HeapToken.HeapIndexOf(owner);
        int classIndex = part->Class;
        if ((uint)heapIndex < Math.Clamp(Memory.Header->HeapsEverUsed, 0, ArenaLayout.HeapCount) && classIndex < SizeClasses.Count)
        {
            ref ulong freed = ref Memory.Heap(heapIndex)->Freed[classIndex];
            ulong bit = 1UL << part->Position;
            if ((Volatile.Read(ref freed) & bit) == 0)
            {
                Interlocked.Or(ref freed, bit);
                KillPoint.Hit(CrashWindow.RemoteFreeOwnerNotified);
            }
        }
    }
}
