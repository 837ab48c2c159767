using PerfTests.Versions;

namespace PerfTests.Tests.Arena.Kill.Injection;

/// <summary>The critical windows: between any two writes to shared memory that belong together.</summary>
internal static class KillPoints
{
    private const string Heap = "Shm.Arena/Heaps/ShmHeap.cs", Pool = "Shm.Arena/Heaps/HeapPool.cs", Part = "Shm.Arena/Layout/SlabPart.cs",
        Core = "Shm.Arena/ArenaCore.cs", Freeing = "Shm.Arena/ArenaCore.Freeing.cs", Sharing = "Shm.Arena/ShmArena.Sharing.cs", Supply = "Shm.Arena/Supply/SlabSupply.cs",
        Map = "Shm.Arena/Supply/SlabMap.cs",
        Lock = "Shm.Arena/Supply/SupplyLock.cs", Members = "Shm.Arena/Members/Membership.cs", Recovery = "Shm.Arena/Recovery/ArenaRecovery.cs";

    internal static KillPoint[] All { get; } = Number(
        After(Heap, "Volatile.Write(ref word, taken);", "take: holder written"),
        After(Heap, "Volatile.Write(ref part->LocalFree, left);", "take: bit cleared"),
        After(Heap, "Volatile.Write(ref word, BlockWord.GiveBack(held));", "free: holder cleared"),
        After(Heap, "Volatile.Write(ref part->LocalFree, after);", "free: bit set"),
        Before(Part, "Interlocked.Exchange(ref part->Notice, 0);", "collect: notice seen"),
        After(Part, "Interlocked.Exchange(ref part->Notice, 0);", "collect: notice cleared"),
        Before(Freeing, "GaveBack(slab, part);", "free elsewhere: holder cleared"),
        Before(Freeing, "GaveBack(part, part);", "free of other heap: holder cleared"),
        Before(Freeing, "ReleaseLarge(slab);", "free large: holder cleared"),
        After(Freeing, "Interlocked.Exchange(ref part->Notice, 1);", "free elsewhere: notice given"),
        After(Freeing, "Interlocked.Or(ref freed, bit);", "free elsewhere: word left"),
        Before(Core, "heap.Lists.Add(slab, classIndex,", "make slab: not listed yet"),
        After(Sharing, "if (seen == word)\n            {", "hand over: holder changed"),

        After(Supply, "slab->Owner = 0;", "release: owner cleared"),
        After(Supply, "Volatile.Write(ref slab->State, SlabState.None);", "release: state cleared"),
        After(Supply, "_pages.Mark(page, pageCount, inUse: false);", "release: pages free"),
        After(Supply, "_parts.Mark(index, partCount, inUse: false);", "release: parts free"),
        After(Supply, "memory.Header->PagesInUse -= pageCount;", "release: counted"),
        After(Supply, "_parts.Mark(index, count, inUse: true);", "make: parts taken"),
        After(Supply, "Volatile.Write(ref everUsed, index + count);", "make: parts noted", KillTrigger.EarlyWork),
        After(Supply, "header->SlabsEverMade++;", "make: begun"),
        After(Supply, "filled->Owner = owner;", "make: owner written"),
        After(Supply, "(filled->BlockBytes, filled->PageCount) = (blockBytes, shape.PageCount);", "make: sizes written"),
        Before(Supply, "_map.Write(page, shape.PageCount, (uint)index);", "make: words written"),
        After(Map, "Fill(memory.RegionMap, page, pageCount, ArenaLayout.RegionPages, granule == ArenaLayout.RegionPages ? index : 0);", "make: region map written"),
        After(Map, "Fill(memory.UnitMap, page, pageCount, ArenaLayout.UnitPages, granule == ArenaLayout.UnitPages ? index : 0);", "make: unit map written"),
        After(Supply, "_map.Write(page, shape.PageCount, (uint)index);", "make: page map written"),
        After(Supply, "_pages.Mark(page, shape.PageCount, inUse: true);", "make: pages taken"),
        After(Supply, "header->PagesInUse += shape.PageCount;", "make: counted"),
        After(Supply, "Volatile.Write(ref slab->State, classIndex == SlabPart.LargeClass ? SlabState.Large : SlabState.Slab);", "make: state written"),
        Before(Lock, "return true;", "supply lock: taken over", KillTrigger.TakeOver),
        After(Supply, "_parts.Clear();", "rebuild: bitmaps cleared", KillTrigger.TakeOver),
        After(Supply, "_pages.Mark(page, pageCount, inUse: true);", "rebuild: pages taken", KillTrigger.TakeOver),

        After(Pool, "everUsed = Math.Max(everUsed, index + 1);", "open heap: slot counted", KillTrigger.Attach),
        After(Pool, "Volatile.Write(ref slot->Owner, core.Membership.Token);", "open heap: slot taken", KillTrigger.Attach),
        After(Pool, "Interlocked.Exchange(ref slab[part].Owner, into.Owner);", "absorb: owner changed", KillTrigger.RunOut),
        After(Members, "taken->Incarnation = ProcessToken.NextIncarnation(taken->Incarnation);", "attach: incarnation written", KillTrigger.Attach),
        After(Members, "Volatile.Write(ref taken->Token, token);", "attach: token written", KillTrigger.Attach),
        After(Members, "Interlocked.Increment(ref memory.Header->Departures);", "attach: departure counted", KillTrigger.Work),

        Before(Recovery, "slabs += state == SlabState.Slab", "recover: state read", KillTrigger.Recover),
        Before(Recovery, "Volatile.Write(ref slab[part].LocalFree, SlabPart.FreeBlocks(slab + part));", "adopt: owner written", KillTrigger.Recover),
        After(Recovery, "Volatile.Write(ref slab[part].LocalFree, SlabPart.FreeBlocks(slab + part));", "adopt: list made", KillTrigger.Recover),
        After(Recovery, "heap.Lists.Add(index, classIndex, partCount);", "adopt: listed", KillTrigger.Recover),
        Before(Recovery, "core.GaveBack(slab, part);", "recover: holder cleared", KillTrigger.Recover),
        Before(Recovery, "core.ReleaseLarge(slab);", "recover: large block found free", KillTrigger.Work),
        Before(Recovery, "core.GiveNotice(part);", "recover: notice due", KillTrigger.Work),
        Before(Recovery, "core.Membership.NoteRecovery(departures, dead);", "recover: not noted yet", KillTrigger.Recover),
        After(Members, "Interlocked.CompareExchange(ref _memory.Processes[ProcessToken.SlotOf(token)].Token, 0, token);", "recover: token cleared", KillTrigger.Recover),
        Before(Core, "ReleaseEmpty(heap);\n        return result;", "recover: nothing released yet", KillTrigger.Recover));

    /// <summary>The point of a name.</summary>
    internal static KillPoint Named(string name) => All.Single(point => point.Name == name);

    private static Func<int, KillPoint> After(string file, string text, string name, KillTrigger trigger = KillTrigger.Work) =>
        number => new(number, name, TextEdit.After(file, text, KillSwitch.Hit(number)), trigger);

    private static Func<int, KillPoint> Before(string file, string text, string name, KillTrigger trigger = KillTrigger.Work) =>
        number => new(number, name, TextEdit.Before(file, text, KillSwitch.Hit(number)), trigger);

    private static KillPoint[] Number(params Func<int, KillPoint>[] points) => [.. points.Select((point, number) => point(number))];
}
