using PerfTests.Versions;

namespace PerfTests.Tests.Arena.Kill.Injection;

/// <summary>A change of the protocol that somebody could make.</summary>
/// <param name="Number">What the injected condition calls it.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Edits">Puts it beside the right ordering.</param>
internal sealed record BrokenOrdering(int Number, string Name, params ISourceEdit[] Edits)
{
    private const string Heap = "Shm.Arena/Heaps/ShmHeap.cs", Part = "Shm.Arena/Layout/SlabPart.cs", Core = "Shm.Arena/ArenaCore.cs", Freeing = "Shm.Arena/ArenaCore.Freeing.cs",
        Supply = "Shm.Arena/Supply/SlabSupply.cs", Recovery = "Shm.Arena/Recovery/ArenaRecovery.cs";

    internal static BrokenOrdering HolderAfterBit { get; } = new(0, "the holder written after the bit is cleared",
        Replace(Heap, "Volatile.Write(ref word, taken);", $"if (!{KillSwitch.Is(0)}) {{ Volatile.Write(ref word, taken); }}"),
        TextEdit.After(Heap, "Volatile.Write(ref part->LocalFree, left);", $"if ({KillSwitch.Is(0)}) {{ Volatile.Write(ref part->Words[index], taken); }}"));

    internal static BrokenOrdering StateBeforePageMap { get; } = new(1, "a slab's state written before its page map",
        TextEdit.Before(Supply, "_map.Write(page, shape.PageCount", StateNow(1)));

    internal static BrokenOrdering StateBeforeWords { get; } = new(2, "a slab's state written before its owner and words",
        TextEdit.Before(Supply, "header->SlabsEverMade++;", StateNow(2)));

    internal static BrokenOrdering PagesBeforeState { get; } = new(3, "a slab's pages free before its state says so",
        TextEdit.Before(Supply, "slab->Owner = 0;", $"if ({KillSwitch.Is(3)}) {{ new BitRuns(memory.UsedPages, memory.Layout.PageCount).Mark(page, pageCount, inUse: false); }}"));

    internal static BrokenOrdering NoticeClearedLate { get; } = new(4, "the words read before the notice is cleared",
        TextEdit.After(Part, "uint notice = Volatile.Read(ref part->Notice);", "ulong early = FreeBlocks(part);"),
        Replace(Part, "Volatile.Write(ref part->LocalFree, FreeBlocks(part));", $"Volatile.Write(ref part->LocalFree, {KillSwitch.Is(4)} ? early : FreeBlocks(part));"));

    internal static BrokenOrdering ListTrusted { get; } = new(5, "adoption that trusts the former owner's list",
        Replace(Recovery, "Volatile.Write(ref slab[part].LocalFree, SlabPart.FreeBlocks(slab + part));",
            $"if (!{KillSwitch.Is(5)}) {{ Volatile.Write(ref slab[part].LocalFree, SlabPart.FreeBlocks(slab + part)); }}"));

    internal static BrokenOrdering NothingMended { get; } = new(6, "recovery that mends no notice",
        new SourceEdit(Recovery, "private void MendNotice(", $"if ({KillSwitch.Is(6)}) {{ return; }}"));

    internal static BrokenOrdering NoticeBeforeWord { get; } = new(7, "a remote free that gives notice before it clears the holder",
        TextEdit.Before(Freeing, "while (true)\n        {\n            // Whoever makes",
            $"if ({KillSwitch.Is(7)} && slab->Class != SlabPart.LargeClass) {{ GaveBack(slab: slab, part); }}"),
        Replace(Freeing, "GaveBack(slab, part);", $"if (!{KillSwitch.Is(7)} || slab->Class == SlabPart.LargeClass) {{ GaveBack(slab, part); }}"),
        TextEdit.Before(Freeing, "if (Interlocked.CompareExchange(ref word, BlockWord.GiveBack(held), held) != held)",
            $"if ({KillSwitch.Is(7)}) {{ GaveBack(slab: part, part); }}"),
        Replace(Freeing, "GaveBack(part, part);", $"if (!{KillSwitch.Is(7)}) {{ GaveBack(part, part); }}"));

    internal static BrokenOrdering NothingRebuilt { get; } = new(8, "the supply lock taken over without a rebuild",
        Replace(Core, "_supply.Rebuild();", $"if (!{KillSwitch.Is(8)}) {{ _supply.Rebuild(); }}"));

    internal static BrokenOrdering AdoptedUnseen { get; } = new(9, "adoption without a second look under the supply lock",
        Replace(Recovery, "slab->State != SlabState.Slab || holders.IsAlive(HeapToken.ProcessOf(slab->Owner))",
            $"(!{KillSwitch.Is(9)} && (slab->State != SlabState.Slab || holders.IsAlive(HeapToken.ProcessOf(slab->Owner))))"));

    internal static BrokenOrdering[] All { get; } =
    [
        HolderAfterBit, StateBeforePageMap, StateBeforeWords, PagesBeforeState, NoticeClearedLate, ListTrusted, NothingMended,
        NoticeBeforeWord, NothingRebuilt, AdoptedUnseen,
    ];

    /// <summary>A set of orderings as the injected code is told.</summary>
    internal static int Mask(params BrokenOrdering[] orderings) => orderings.Aggregate(0, (mask, ordering) => mask | (1 << ordering.Number));

    public override string ToString() => Name;

    private static TextEdit Replace(string file, string text, string replacement) => new(file, text, replacement);

    private static string StateNow(int number) =>
        $"if ({KillSwitch.Is(number)}) {{ Volatile.Write(ref memory.Parts[index].State, classIndex == SlabPart.LargeClass ? SlabState.Large : SlabState.Slab); }}";
}
