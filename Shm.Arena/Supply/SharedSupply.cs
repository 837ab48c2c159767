using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Runs the operations of the supply under the supply lock. If a process exited while it held the lock, rebuilds the supply
/// first.
/// </summary>
internal sealed unsafe class SharedSupply(ArenaMemory memory, SupplyLock supplyLock, SlabSupply supply)
{
    /// <summary>Takes the supply lock, for operations during which no slab may be created or released.</summary>
    /// <exception cref="ShmException">
    /// Another process, which has not exited, has held the lock for <see cref="SupplyLock.Patience"/>.
    /// </exception>
    internal void Enter()
    {
        if (supplyLock.Enter())
        {
            supply.Rebuild();
        }
    }

    internal void Exit() => supplyLock.Exit();

    /// <summary>The supply, for a caller between <see cref="Enter"/> and <see cref="Exit"/>.</summary>
    internal SlabSupply Entered => supply;

    /// <inheritdoc cref="SlabSupply.TryCreateSlab"/>
    internal long TryCreateSlab(int classIndex, ulong owner)
    {
        Enter();
        try
        {
            return supply.TryCreateSlab(classIndex, owner);
        }
        finally
        {
            Exit();
        }
    }

    /// <inheritdoc cref="SlabSupply.TryCreateLarge"/>
    internal long TryCreateLarge(long byteCount, long alignment, uint holder)
    {
        Enter();
        try
        {
            return supply.TryCreateLarge(byteCount, alignment, holder);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Releases an empty slab that was removed from its heap, unless another heap owns the slab meanwhile.</summary>
    /// <returns>False if the lock could not be taken, see <see cref="TryEnter"/>. The slab is then unchanged.</returns>
    internal bool TryRelease(SlabPart* slab, ulong owner)
    {
        if (!TryEnter())
        {
            return false;
        }

        if (slab->State == SlabState.Slab && slab->IsOwnedBy(owner))
        {
            supply.Release(memory.IndexOf(slab));
        }

        Exit();
        return true;
    }

    /// <summary>Releases a large block whose state is free. If several threads try, only one of them releases the block.</summary>
    internal void ReleaseLarge(SlabPart* slab)
    {
        if (!TryEnter())
        {
            // The block's state is free already, so the caller cannot free it again. Counting a departure makes a recovery due,
            // and this recovery releases the block.
            memory.Header->CountDeparture();
            return;
        }

        try
        {
            if (slab->State == SlabState.Large && !SlabPart.StateOf(slab, 0).Read().IsLive)
            {
                supply.Release(memory.IndexOf(slab));
            }
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Takes the supply lock for a caller that frees a block, which has happened and cannot fail any more.</summary>
    /// <returns>
    /// False if another process, which has not exited, has held the lock too long, or if the thread was interrupted while it waited.
    /// </returns>
    private bool TryEnter()
    {
        try
        {
            Enter();
            return true;
        }
        catch (ShmException)
        {
            return false;
        }
        catch (ThreadInterruptedException)
        {
            // The thread's next wait throws instead.
            Thread.CurrentThread.Interrupt();
            return false;
        }
    }

    internal SupplyCounts Count()
    {
        Enter();
        var counts = supply.Count();
        Exit();
        return counts;
    }
}
