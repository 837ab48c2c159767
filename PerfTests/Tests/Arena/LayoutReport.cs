using System.Globalization;
using PerfTests.ArenaChecks;
using Shm.Arena;

namespace PerfTests.Tests.Arena;

/// <summary>Lists offsets and values of an arena's fields as this process reads them. A test compares the lists of two processes.</summary>
internal static unsafe class LayoutReport
{
    internal const string Task = "layout";

    internal static int Write(string name, TextWriter output)
    {
        using var arena = ShmArena.Attach(name);
        foreach ((var key, var value) in Of(arena))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key}={value}"));
        }

        return 0;
    }

    internal static IEnumerable<(string Key, long Value)> Of(ShmArena arena)
    {
        var memory = MappedMemory.Of(arena);
        var layout = memory.Layout;
        var lines = new List<(string, long)>
        {
            ("data", layout.Data), ("total", layout.TotalBytes), ("address_alignment", arena.BaseAddress % ShmArena.MaxAlignment),
            ("processes", Distance(memory, memory.Processes)), ("used_pages", Distance(memory, memory.UsedPages)),
            ("used_parts", Distance(memory, memory.UsedParts)), ("region_map", Distance(memory, memory.RegionMap)),
            ("unit_map", Distance(memory, memory.UnitMap)), ("page_map", Distance(memory, memory.PageMap)),
            ("heaps", Distance(memory, memory.Heap(0))), ("second_heap", Distance(memory, memory.Heap(1))),
            ("parts", Distance(memory, memory.Parts)), ("second_part", Distance(memory, memory.Parts + 1)),
            ("second_part_states", Distance(memory, &memory.Parts[1].BlockStates[0])),
            ("second_part_remote_free_flag", Distance(memory, &memory.Parts[1].RemoteFreeFlag)),
            ("supply_lock", Distance(memory, &memory.Header->SupplyLock)), ("departures", Distance(memory, &memory.Header->Departures)),
            ("magic_value", (long)memory.Header->Magic), ("version_value", memory.Header->Version),
            ("checksum_value", memory.Header->Checksum),
            ("capacity_value", memory.Header->CapacityBytes), ("identity_value", (long)memory.Header->Identity),
            ("first_process_value", memory.Processes[0].Token), ("first_slab_block_bytes_value", memory.Parts[1].BlockBytes),
        };
        foreach (var block in arena.LiveBlocks())
        {
            lines.Add(($"block_{block.Block.Offset}_{block.Block.Generation}_{block.Holder.Token}", *(long*)arena.GetAddress(block.Block)));
        }

        return lines;
    }

    private static long Distance(ArenaMemory memory, void* field) => (byte*)field - (byte*)memory.Header;
}
