using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests that attaching refuses a segment that is no valid arena.</summary>
[Category("Arena")]
public sealed unsafe class AttachRefusalTests
{
    private const long CapacityBytes = 1 << 20;
    private const int SegmentBytes = 64 << 10;

    public AttachRefusalTests() => Requires.SharedMemory(SegmentBytes + Requires.FewPages);

    [Fact]
    public void Attach_NameMissingOrInvalid_ThrowsNamingTheReason()
    {
        MustRefuse("perftests_no_such_arena", "*(perftests_no_such_arena) failed: ENOENT (2)*");
        MustRefuse("", "*the name is empty*");
        MustRefuse("a/b", "*the name contains a slash*");
        MustRefuse(new string('n', 255), "*the name is longer than 254 bytes*");
        FluentActions.Invoking(() => ShmArena.Attach(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, Name = new string('n', 255) }))
            .Should().Throw<ShmException>().WithMessage("*longer than 254 bytes*");
    }

    [Fact]
    public void Attach_SegmentWithoutArenaHeader_ThrowsShmException()
    {
        using var zero = ShmSegment.CreateExclusive(SegmentBytes);
        MustRefuse(zero.Name, "attach(*) failed: the object has no header yet. Its creator has not completed it*");
        zero.AsSpan(0, SegmentBytes).Fill(0xC3);
        MustRefuse(zero.Name, "attach(*) failed: the object is not an arena. Check the name.");
        using var tiny = ShmSegment.CreateExclusive(100);
        MustRefuse(tiny.Name, "open(*) failed: it has 100 bytes, expected at least 4096*");
    }

    [Fact]
    public void Attach_OtherVersionOrWrongChecksum_ThrowsShmException()
    {
        MustRefuse(header => header->Version = 1, "*header field 'version' is 1, expected 8. Recreate the arena*");
        MustRefuse(header => header->Version = ArenaLayout.Version + 1, "*header field 'version' is 9*", isSealed: false);
        MustRefuse(header => header->CapacityBytes += 4096, "*the checksum of the header is wrong*", isSealed: false);
        MustRefuse(header => header->Identity ^= 1, "*the checksum of the header is wrong*", isSealed: false);
        MustRefuse(header => header->Checksum ^= 1, "*the checksum of the header is wrong*", isSealed: false);
    }

    [Fact]
    public void Attach_HeaderFieldOutOfRange_ThrowsShmException()
    {
        foreach (var capacityBytes in new[] { 0, -4096, CapacityBytes - 4096, (1L << 40) + 4096, long.MaxValue, CapacityBytes + 1 })
        {
            MustRefuse(header => header->CapacityBytes = capacityBytes, "*header fields do not match layout version 8*");
        }

        MustRefuse(header => header->CapacityBytes *= 2, "*the object has * bytes, expected * for this capacity*");
        MustRefuse(header => header->CapacityBytes = 1L << 40, "*the object has * bytes, expected * for this capacity*");
        MustRefuse(header => header->TotalBytes--, "*the object has * bytes, expected * for this capacity*");
        MustRefuse(header => header->PartBytes++, "*header fields do not match layout version 8*");
        MustRefuse(header => header->ClassCount--, "*header fields do not match layout version 8*");
        MustRefuse(header => header->ProcessCount *= 2, "*header fields do not match layout version 8*");
        MustRefuse(header => header->HeapCount = 0, "*header fields do not match layout version 8*");
    }

    [Fact]
    public void Attach_TruncatedFile_ThrowsShmException()
    {
        Requires.SharedMemory(2 * new ArenaLayout(CapacityBytes).TotalBytes);
        using var arena = SparseArena.Create(CapacityBytes);
        var path = $"/dev/shm/perftests_cut_{Environment.ProcessId}";
        try
        {
            File.Copy($"/dev/shm/{arena.Name}", path);
            using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            ShmArena.Attach(Path.GetFileName(path)).Dispose();
            var random = new Random(3);
            long[] lengths = [.. Enumerable.Range(0, 2_000).Select(count => random.NextInt64(count % 2 == 0 ? file.Length : 5_000))];
            foreach (var length in lengths.OrderDescending())
            {
                // The lengths descend, because a file that grows again after a cut contains only zeros beyond the cut.
                file.SetLength(length);
                MustRefuse(Path.GetFileName(path), "*");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// In an arena table, a longer file would be mapped over the arena of the next slot. A hugetlbfs rounds lengths up to huge pages.
    /// </summary>
    [Fact]
    public void Attach_LengthenedFile_ThrowsUnlessLengthIsRoundedToHugePage()
    {
        using var arena = SparseArena.Create(CapacityBytes);
        using var file = File.Open($"/dev/shm/{arena.Name}", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var totalBytes = new ArenaLayout(CapacityBytes).TotalBytes;
        var roundedBytes = (totalBytes + ArenaLayout.DataAlignment - 1) & -ArenaLayout.DataAlignment;
        file.SetLength(roundedBytes);
        ShmArena.Attach(arena.Name).Dispose();
        file.SetLength(roundedBytes + 1);
        MustRefuse(arena.Name, $"*the object has {roundedBytes + 1} bytes, expected {totalBytes} for this capacity*");
    }

    [Fact]
    public void Attach_1025thProcess_ThrowsUntilOneDetaches()
    {
        Requires.OpenFiles(1_100);
        using var arena = SparseArena.Create(CapacityBytes);
        var attached = new List<ShmArena>();
        try
        {
            while (attached.Count < 1023)
            {
                attached.Add(ShmArena.Attach(arena.Name));
            }

            MustRefuse(arena.Name, "attach(*) failed: 1024 processes are attached already. Detach one of them*");
            attached[500].Dispose();
            attached[500] = ShmArena.Attach(arena.Name);
            attached.Select(one => one.Member).Append(arena.Member).Should().OnlyHaveUniqueItems();
            MustRefuse(arena.Name, "*1024 processes are attached already*");
            var block = attached[1022].Allocate(100);
            attached[0].Free(block);
        }
        finally
        {
            attached.ForEach(one => one.Dispose());
        }
    }

    private static void MustRefuse(string name, string message) =>
        FluentActions.Invoking(() => ShmArena.Attach(name)).Should().Throw<ShmException>().WithMessage(message);

    private static void MustRefuse(DamagedHeader.Damage damage, string message, bool isSealed = true)
    {
        using var arena = SparseArena.Create(CapacityBytes);
        DamagedHeader.Apply(arena.Name, damage, isSealed);
        MustRefuse(arena.Name, message);
    }
}
