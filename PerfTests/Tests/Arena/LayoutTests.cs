using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using FluentAssertions;
using PerfTests.ChildProcesses;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>
/// Tests the binary layout, which processes of different builds share. A change of the layout needs a new layout version.
/// </summary>
[Category("Arena")]
public sealed unsafe class LayoutTests
{
    private const int CacheLineBytes = 64;

    /// <summary>Each field, named "type.field", and its offset in bytes.</summary>
    private static readonly (string Field, int Offset)[] s_fields =
    [
        ("ArenaHeader.Magic", 0), ("ArenaHeader.Version", 8), ("ArenaHeader.Checksum", 12), ("ArenaHeader.CapacityBytes", 16),
        ("ArenaHeader.TotalBytes", 24), ("ArenaHeader.Identity", 32), ("ArenaHeader.PartBytes", 40), ("ArenaHeader.ClassCount", 44),
        ("ArenaHeader.ProcessCount", 48), ("ArenaHeader.HeapCount", 52), ("ArenaHeader.IsReserved", 56), ("ArenaHeader.SupplyLock", 128),
        ("ArenaHeader.PartsEverUsed", 192), ("ArenaHeader.PagesInUse", 200), ("ArenaHeader.PeakPagesInUse", 208),
        ("ArenaHeader.SlabsEverMade", 216), ("ArenaHeader.HeapsEverUsed", 224), ("ArenaHeader.SearchPartsFrom", 232),
        ("ArenaHeader.SearchFrom", 256), ("ArenaHeader.FailureCount", 640), ("ArenaHeader.Departures", 704),
        ("ArenaHeader.RecoveredDepartures", 712), ("ArenaHeader.ProcessesEverUsed", 720),
        ("ProcessSlot.Token", 0), ("ProcessSlot.Incarnation", 4), ("ProcessSlot.ExitedToken", 8), ("ProcessSlot.ProcessId", 12),
        ("ProcessSlot.StartTicks", 16), ("ProcessSlot.PidNamespace", 24), ("ProcessSlot.TimeNamespace", 28),
        ("HeapSlot.Owner", 0), ("HeapSlot.IsReachedByBarrier", 4), ("HeapSlot.EnteredPart", 8), ("HeapSlot.PartsAddress", 16),
        ("HeapSlot.SeizedCount", 24), ("HeapSlot.Hints", 64),
        ("SlabPart.State", 0), ("SlabPart.Class", 4), ("SlabPart.PartIndex", 6), ("SlabPart.PartCount", 7), ("SlabPart.BlockBytes", 8),
        ("SlabPart.Start", 16), ("SlabPart.Reciprocal", 24), ("SlabPart.Owner", 32), ("SlabPart.PageCount", 40), ("SlabPart.Position", 48),
        ("SlabPart.FreeBits", 64), ("SlabPart.AllBlocks", 72), ("SlabPart.FirstExtent", 80), ("SlabPart.UpdateThreshold", 88),
        ("SlabPart.RemoteFreeFlag", 128), ("SlabPart.BlockStates", 192),
    ];

    [Fact]
    public void Layout_Version8_FieldsHaveDocumentedOffsets()
    {
        Type[] types = [typeof(ArenaHeader), typeof(ProcessSlot), typeof(HeapSlot), typeof(SlabPart)];
        types.SelectMany(type => Fields(type).Select(field => ($"{type.Name}.{field.Name}", Offset(field))))
            .Should().BeEquivalentTo(s_fields);
        ArenaLayout.Version.Should().Be(8);
        (sizeof(ArenaHeader), sizeof(ProcessSlot), sizeof(HeapSlot), sizeof(SlabPart)).Should().Be((1024, 32, 1152, 704));
        types.Should().OnlyContain(type => type.IsExplicitLayout);

        // Process slots may share cache lines, because they are written when a process attaches and never on a hot path.
        types.Where(type => type != typeof(ProcessSlot))
            .Should().OnlyContain(type => type.StructLayoutAttribute!.Size % CacheLineBytes == 0);
    }

    [Fact]
    public void Write_Handle_BytesMatchTheFieldsOfShmBlock()
    {
        var handles = new BlockHandles(arenaId: 0xFEDC_BA99, holder: 0x1234_5678);
        var taken = handles.Take((ulong)0xFFFF_FFFE << 32);
        var extent = BlockHandles.Extent(BlockHandles.FirstExtent(0x3FFF_FFFF), 63, 77);
        BlockHandles.Write(out var block, handles.HandleOf(taken), offset: 0x0123_4567_89AB_CDEF, extent);
        block.Should().Be(new ShmBlock(0xFEDC_BA99, uint.MaxValue, 0x0123_4567_89AB_CDEF, 77));
        sizeof(ShmBlock).Should().Be(24);
        ((ulong)BlockHandles.SlotIndexOf(block.Extent)).Should().Be(0xF_FFFF_FFFF);
        handles.StateOf(block).Should().Be(taken).And.Be(new BlockState((ulong)0xFFFF_FFFE << 32).TakenBy(0x1234_5678).Bits);
        handles.StateOf(block with { SegmentId = 1 }).Should().NotBe(taken);
        handles.StateOf(block with { Generation = 1 }).Should().NotBe(taken);
    }

    [Fact]
    public void Layout_EveryField_IsAlignedAndOverlapsNoOther()
    {
        foreach (var type in new[] { typeof(ArenaHeader), typeof(ProcessSlot), typeof(HeapSlot), typeof(SlabPart) })
        {
            var end = 0;
            foreach (var field in Fields(type).OrderBy(Offset))
            {
                Offset(field).Should().BeGreaterThanOrEqualTo(end, "{0}.{1}", type.Name, field.Name);
                (Offset(field) % ElementBytes(field)).Should().Be(0, "{0}.{1}", type.Name, field.Name);
                end = Offset(field) + ByteCount(field);
            }

            end.Should().BeLessThanOrEqualTo(type.StructLayoutAttribute!.Size);
        }
    }

    [Theory]
    [InlineData("SlabPart.FreeBits", "SlabPart.RemoteFreeFlag", "SlabPart.Owner", "SlabPart.BlockStates")]
    [InlineData("SlabPart.AllBlocks", "SlabPart.RemoteFreeFlag", "SlabPart.BlockBytes")]
    [InlineData("ArenaHeader.SupplyLock", "ArenaHeader.CapacityBytes", "ArenaHeader.PagesInUse",
        "ArenaHeader.FailureCount", "ArenaHeader.Departures")]
    [InlineData("ArenaHeader.FailureCount", "ArenaHeader.SearchFrom", "ArenaHeader.Departures")]
    [InlineData("HeapSlot.Owner", "HeapSlot.Hints")]
    public void Layout_FieldsOfDifferentWriters_LieOnDifferentCacheLines(params string[] fields)
    {
        int[] lines = [.. fields.Select(field => s_fields.Single(known => known.Field == field).Offset / CacheLineBytes)];
        lines.Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(1L << 20)]
    [InlineData((1L << 20) + 1)]
    [InlineData(100_000_000)]
    [InlineData(1L << 30)]
    [InlineData((1L << 36) + 4096)]
    [InlineData(1L << 40)]
    public void Layout_AnyCapacity_RegionsAreAlignedAndDisjoint(long capacityBytes)
    {
        var layout = new ArenaLayout(capacityBytes);
        long words = sizeof(ulong);
        (long Start, long ByteCount)[] regions =
        [
            (0, sizeof(ArenaHeader)), (layout.Processes, 1024 * sizeof(ProcessSlot)),
            (layout.UsedPages, (layout.PageCount + 63) / 64 * words),
            (layout.UsedParts, (layout.PartCount + 63) / 64 * words),
            (layout.RegionMap, (layout.CapacityBytes + 1_048_575) / 1_048_576 * sizeof(uint)),
            (layout.UnitMap, (layout.CapacityBytes + 65_535) / 65_536 * sizeof(uint)),
            (layout.PageMap, layout.PageCount * sizeof(uint)), (layout.Heaps, 4096 * sizeof(HeapSlot)),
            (layout.Parts, (layout.PartCount + 4) * sizeof(SlabPart)), (layout.Data, layout.CapacityBytes),
        ];
        for (var index = 1; index < regions.Length; index++)
        {
            regions[index].Start.Should().BeGreaterThanOrEqualTo(regions[index - 1].Start + regions[index - 1].ByteCount);
            (regions[index].Start % CacheLineBytes).Should().Be(0);
        }

        // Pages of these regions are reserved at first use.
        new[] { layout.PageMap, layout.Heaps, layout.Parts, layout.Data }.Should().OnlyContain(start => start % 4096 == 0);
        (layout.Data % (2 << 20)).Should().Be(0);
        layout.TotalBytes.Should().Be(layout.Data + layout.CapacityBytes);
        layout.CapacityBytes.Should().BeInRange(capacityBytes, capacityBytes + 4095);
        layout.PageCount.Should().Be(layout.CapacityBytes / 4096);
        layout.PartCount.Should().BeInRange(layout.PageCount * 4, uint.MaxValue,
            "every page may be a slab of four parts, and an entry of the page map has 32 bits");
    }

    [Fact]
    public void Layout_SecondProcess_ReadsTheSameOffsetsAndValues()
    {
        using var arena = SparseArena.Create(100_000_000);
        foreach (var byteCount in new long[] { 10, 100, 5_000, 100_000, 5_000_000 })
        {
            var block = arena.Allocate(byteCount);
            *(long*)arena.GetAddress(block) = 1_000_000_007 * byteCount;
        }

        var start = TestExecutable.StartInfo(ArenaChild.Verb, LayoutReport.Task, arena.Name);
        start.RedirectStandardOutput = true;
        using var child = Process.Start(start)!;
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        child.ExitCode.Should().Be(0);
        lines.Should().Equal(LayoutReport.Of(arena).Select(
            line => string.Create(CultureInfo.InvariantCulture, $"{line.Key}={line.Value}")));
        lines.Where(line => line.StartsWith("block_", StringComparison.Ordinal)).Should().HaveCount(5);
        lines.Should().Contain(["processes=1024", "used_pages=33792", "supply_lock=128", "departures=704",
            "version_value=8", "address_alignment=0", "capacity_value=100003840", "first_slab_block_bytes_value=16"]);
    }

    private static FieldInfo[] Fields(Type type) =>
        [.. type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)];

    private static int Offset(FieldInfo field) => field.GetCustomAttribute<FieldOffsetAttribute>()!.Value;

    private static int ElementBytes(FieldInfo field) =>
        Marshal.SizeOf(field.GetCustomAttribute<System.Runtime.CompilerServices.FixedBufferAttribute>()?.ElementType ?? field.FieldType);

    private static int ByteCount(FieldInfo field) =>
        ElementBytes(field) * (field.GetCustomAttribute<System.Runtime.CompilerServices.FixedBufferAttribute>()?.Length ?? 1);
}
