using PerfTests.ArenaChecks;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Model;

/// <summary>
/// An arena, its attachments, and the model of its contents. Each operation of a history changes the arena and the model.
/// </summary>
internal sealed unsafe class ModelWorld : IDisposable
{
    private const int MaxProcesses = 6, MaxFreedKept = 40;

    private readonly ShmSegment _raw;
    private readonly ShmArena _foreign;
    private ulong _lastStamp;

    internal ModelWorld(long capacityBytes)
    {
        Keeper = new ModelProcess(ShmArena.Create(new ShmArenaOptions { CapacityBytes = capacityBytes, Reserve = false }));
        Processes.Add(Keeper);
        _foreign = ShmArena.Create(new ShmArenaOptions { CapacityBytes = ShmArenaOptions.MinCapacityBytes, Reserve = false });
        _raw = ShmSegment.Open(Keeper.Arena.Name, 1);
        Memory = MappedMemory.Of(_raw, capacityBytes);
        Claims = new ClaimBound(capacityBytes);
    }

    /// <summary>Creator of the arena. It stays attached, because the name of the arena is removed when its creator exits.</summary>
    internal ModelProcess Keeper { get; }

    internal List<ModelProcess> Processes { get; } = [];

    internal List<ModelBlock> Blocks { get; } = [];

    internal List<ShmBlock> Freed { get; } = [];

    internal long FailureCount { get; private set; }

    /// <summary>Bound of the bytes in slabs and large blocks.</summary>
    internal ClaimBound Claims { get; }

    /// <summary>Memory of the arena, mapped without attaching.</summary>
    internal ArenaMemory Memory { get; }

    internal void Do(Step step)
    {
        var process = Pick(Processes, step.Process);
        var block = Blocks.Count == 0 ? null : Pick(Blocks, step.Target);
        switch (step.Act)
        {
            case Act.Allocate:
                Allocate(process, step.ByteCount, 1);
                break;
            case Act.AllocateMany:
                for (var count = 0; count < step.Count; count++)
                {
                    Allocate(process, step.SmallByteCount, 1);
                }

                break;
            case Act.AllocateAligned:
                Allocate(process, step.ByteCount, step.Alignment);
                break;
            case Act.Free when block is not null:
                Free(process, block);
                break;
            case Act.FreeMany:
                var some = Blocks.Where((one, index) => !one.IsOffered && index % 4 != step.Other % 4);
                foreach (var one in some.Take(step.Count).ToList())
                {
                    Free(process, one);
                }

                break;
            case Act.FreeAgain when Freed.Count > 0:
                Must.Refuse(() => process.Arena.Free(Pick(Freed, step.Target)), "freeing a freed block");
                break;
            case Act.FreeForeign:
                FreeForeign(process, block);
                break;
            case Act.HandOver when block is not null:
                Change(block, Pick(Processes, step.Other), isAllowed: !block.IsOffered,
                    receiver => process.Arena.HandOver(block.Handle, receiver.Member));
                break;
            case Act.Offer when block is not null:
                Change(block, block.Holder, isAllowed: !block.IsOffered, _ => process.Arena.Offer(block.Handle), isOffered: true);
                break;
            case Act.Claim when block is not null:
                Change(block, process, isAllowed: block.IsOffered, _ => process.Arena.Claim(block.Handle));
                break;
            case Act.ReclaimOffered:
                var reclaimed = process.Arena.ReclaimOffered();
                Must.Be(reclaimed, Forget(block => block.IsOffered && !block.Holder.IsAlive).Count, "reclaimed offers");
                break;
            case Act.Attach when Processes.Count < MaxProcesses:
                Processes.Add(new ModelProcess(ShmArena.Attach(Keeper.Arena.Name)));
                Forget(block => block.IsOrphan);
                break;
            case Act.End when process != Keeper:
                Processes.Remove(process);
                process.End();
                Must.Refuse(() => Keeper.Arena.HandOver(block?.Handle ?? default, process.Member), "handing over to a detached process");
                break;
            case Act.EndInLock when process != Keeper:
                EndInLock(process);
                break;
            case Act.Recover:
                var result = process.Arena.Recover();
                var orphans = Forget(block => block.IsOrphan);
                Must.Be((result.ReclaimedBlockCount, result.ReclaimedBytes),
                    (orphans.Count, orphans.Sum(orphan => orphan.BlockBytes)), "reclaimed");
                break;
        }
    }

    /// <summary>
    /// Frees all blocks, and checks that one block of the whole capacity can then be allocated, while the other processes do
    /// nothing. No recovery is requested; the allocation itself must run what it needs.
    /// </summary>
    internal void EndEmpty()
    {
        foreach (var block in Blocks.Where(block => block.IsOffered))
        {
            Keeper.Arena.Claim(block.Handle);
            block.IsOffered = false;
        }

        Blocks.ToList().ForEach(block => Free(Keeper, block));
        Must.Be(Keeper.Arena.UsedBytes, 0, "used bytes at the end");
        Must.Be(FreeMemory.FindMissingFromWhole(Keeper.Arena), null, "the whole arena");
    }

    public void Dispose()
    {
        Processes.ForEach(process => process.End());
        _foreign.Dispose();
        _raw.Dispose();
    }

    private static T Pick<T>(List<T> from, int number) => from[number % from.Count];

    private void Allocate(ModelProcess process, long byteCount, long alignment)
    {
        var arena = process.Arena;
        ShmBlock handle = default;
        var isDone = false;
        try
        {
            isDone = alignment == 1
                ? arena.TryAllocate(byteCount, out handle)
                : (handle = arena.AllocateAligned(byteCount, alignment)) != default;
        }
        catch (ShmException failure) when (failure.IsOutOfMemory)
        {
        }

        // The allocation may have run a recovery, which frees all orphans or none.
        var orphans = Blocks.FindAll(block => block.IsOrphan);
        if (orphans.Count > 0 && !orphans.TrueForAll(orphan => ModelCheck.IsThere(Keeper.Arena, orphan)))
        {
            Must.Be(orphans.Exists(orphan => ModelCheck.IsThere(Keeper.Arena, orphan)), false, "a recovery left an orphan");
            Forget(block => block.IsOrphan);
        }

        if (!isDone)
        {
            FailureCount++;
            var mustFit = Blocks.Count == 0 && Processes.Count == 1 && byteCount <= arena.CapacityBytes - alignment;
            Must.Be(mustFit, false, "an empty arena has no room");
            Must.Be(byteCount > arena.CapacityBytes ? null : FreeMemory.FindOverlooked(Memory, SizeClasses.IndexOf(byteCount, alignment)),
                null, "free memory after an allocation found no room");
            return;
        }

        var address = arena.GetAddress(handle);
        Must.Be(address % (nint)alignment, 0, "the address modulo the alignment");
        Must.Be(handle.ByteCount, byteCount, "the length");
        var blockBytes = arena.SizeOf(handle);
        Must.BeWithin(blockBytes, byteCount, ModelCheck.MaxBlockBytes(byteCount, alignment), "the block's size");
        var block = new ModelBlock
        {
            Handle = handle,
            BlockBytes = blockBytes,
            Origin = process.Member,
            Holder = process,
            Stamp = ++_lastStamp,
        };
        ModelCheck.Write(arena, block);
        Blocks.Add(block);
        Claims.Add(block.Origin, blockBytes);
    }

    private void Free(ModelProcess process, ModelBlock block)
    {
        if (block.IsOffered)
        {
            Must.Refuse(() => process.Arena.Free(block.Handle), "freeing an offered block");
            return;
        }

        ModelCheck.MustHoldStamp(process.Arena, block);
        process.Arena.Free(block.Handle);
        Forget(other => other == block);
    }

    private void FreeForeign(ModelProcess process, ModelBlock? block)
    {
        var foreign = _foreign.Allocate(100);
        Must.Refuse(() => process.Arena.Free(foreign), "freeing a block of another arena");
        _foreign.Free(foreign);
        if (block is not null)
        {
            Must.Refuse(() => _foreign.Free(block.Handle), "freeing through another arena");
            Must.Refuse(() => process.Arena.Free(block.Handle with { Generation = block.Handle.Generation - 1 }), "freeing a stale handle");
            Must.Refuse(() => process.Arena.Free(block.Handle with { Offset = block.Handle.Offset + 1 }), "freeing a wrong offset");
        }
    }

    private static void Change(ModelBlock block, ModelProcess holder, bool isAllowed, Action<ModelProcess> change, bool isOffered = false)
    {
        if (!isAllowed)
        {
            Must.Refuse(() => change(holder), "changing the holder");
            return;
        }

        change(holder);
        (block.Holder, block.IsOffered) = (holder, isOffered);
    }

    /// <summary>
    /// Ends a process that holds the supply lock and has changed the bitmaps. The next process that takes the lock must compute
    /// the bitmaps again.
    /// </summary>
    private void EndInLock(ModelProcess process)
    {
        Processes.Remove(process);
        process.End();
        Memory.Header->SupplyLock = process.Member.Token;
        Memory.UsedPages[0] ^= 0xF0F0;
        Memory.UsedParts[0] ^= 0x0FF0;
        Memory.Header->PagesInUse += 3;
    }

    private List<ModelBlock> Forget(Predicate<ModelBlock> gone)
    {
        var forgotten = Blocks.FindAll(gone);
        Blocks.RemoveAll(gone);
        forgotten.ForEach(block => Claims.Remove(block.Origin, block.BlockBytes));
        Freed.AddRange(forgotten.Select(block => block.Handle));
        Freed.RemoveRange(0, Math.Max(0, Freed.Count - MaxFreedKept));
        return forgotten;
    }
}
