using Shm.Core;

namespace Shm.Arena;

/// <summary>Runs the supply's operations under the supply lock, after a rebuild if the lock's holder exited.</summary>
internal sealed unsafe class SharedSupply(ArenaMemory memory, SupplyLock supplyLock, SlabSupply supply)
{
    /// <summary>Takes the supply lock, for operations that need no slab created or released meanwhile.</summary>
    /// <exception cref="ShmException">A living holder keeps the lock.</exception>
    internal void Enter()
    {
        if (supplyLock.Enter())
        {
            supply.Rebuild();
        }
    }

    internal void Exit() => supplyLock.Exit();

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

    /// <summary>Releases an empty slab that no heap has any more.</summary>
    /// <returns>False if a living holder keeps the lock; the slab is then as it was.</returns>
    internal bool TryRelease(SlabPart* slab)
    {
        try
        {
            Enter();
        }
        catch (ShmException)
        {
            return false;
        }

        supply.Release(memory.IndexOf(slab));
        Exit();
        return true;
    }

    /// <summary>Releases a large block that is free by its state. Of several threads that try, one does it.</summary>
    internal void ReleaseLarge(SlabPart* slab)
    {
        try
        {
            Enter();
        }
        catch (ShmException)
        {
            // The block is free, and its user can do no more: the next recovery releases it.
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

    internal SupplyCounts Count()
    {
        Enter();
        SupplyCounts counts = supply.Count();
        Exit();
        return counts;
    }
}
