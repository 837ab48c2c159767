using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>
/// The file of an arena to which no process is attached, with blocks of many sizes that are live, freed, offered, or held by
/// exited processes. A case damages the file, and repairs it by copying back the pages that differ.
/// </summary>
internal sealed unsafe class ArenaImage : IDisposable
{
    private readonly ShmSegment _file;
    private readonly byte[] _pristine;
    private readonly int _metadataBytes;

    internal ArenaImage()
    {
        using var creator = ShmArena.Create(new ShmArenaOptions { CapacityBytes = ShmArenaOptions.MinCapacityBytes, Reserve = false });
        using var peer = ShmArena.Attach(creator.Name);
        Layout = new ArenaLayout(ShmArenaOptions.MinCapacityBytes);
        Handles = [.. Fill(creator, peer)];
        using var raw = ShmSegment.Open(creator.Name, Layout.TotalBytes);
        _pristine = raw.AsReadOnlySpan(0, (int)Layout.TotalBytes).ToArray();
        _metadataBytes = (int)Layout.Data;
        _file = ShmSegment.CreateExclusive(Layout.TotalBytes);
        Bytes = (byte*)_file.Address;
        Restore();
    }

    internal string Name => _file.Name;

    internal ArenaLayout Layout { get; }

    internal byte* Bytes { get; }

    /// <summary>Handles of live and freed blocks.</summary>
    internal ShmBlock[] Handles { get; }

    /// <summary>Repairs the pages that a case may have changed.</summary>
    internal void Restore()
    {
        const int page = (int)ArenaLayout.PageBytes;
        for (var offset = 0; offset < _metadataBytes; offset += page)
        {
            // A case uses few heap slots, so the pages of the other heap slots need no repair.
            if (offset == Layout.Heaps + (32 * page))
            {
                offset = (int)Layout.Parts;
            }

            RestoreFrom(offset, page);
        }
    }

    /// <summary>Repairs all pages.</summary>
    /// <returns>False if an operation of the arena changed a byte of a block, which none may do.</returns>
    internal bool RestoreAll()
    {
        var isDataUntouched = new ReadOnlySpan<byte>(Bytes + Layout.Data, (int)Layout.CapacityBytes)
            .SequenceEqual(_pristine.AsSpan((int)Layout.Data));
        RestoreFrom(0, _pristine.Length);
        return isDataUntouched;
    }

    public void Dispose() => _file.Dispose();

    private void RestoreFrom(int offset, int byteCount)
    {
        ReadOnlySpan<byte> whole = _pristine.AsSpan(offset, byteCount);
        var now = new Span<byte>(Bytes + offset, byteCount);
        if (!now.SequenceEqual(whole))
        {
            whole.CopyTo(now);
        }
    }

    private static List<ShmBlock> Fill(ShmArena creator, ShmArena peer)
    {
        // Few sizes are used, because the slab of each size takes 64 KiB of the arena's 1 MiB.
        ReadOnlySpan<long> sizes = [16, 700, 24, 3_000, 100, 100, 20_000, 100];
        var blocks = new List<ShmBlock>();
        for (var count = 0; count < 120; count++)
        {
            blocks.Add(ProcessOf(count).Allocate(sizes[count % (count < 40 ? sizes.Length : 6)]));
        }

        for (var count = 0; count < blocks.Count; count += 3)
        {
            ProcessOf(count + 1).Free(blocks[count]);
            if (count + 1 < blocks.Count && count % 4 == 0)
            {
                creator.Offer(blocks[count + 1]);
            }
        }

        blocks.Add(creator.AllocateAligned(100_000, 65_536));
        return blocks;

        ShmArena ProcessOf(int count) => count % 8 < 5 ? creator : peer;
    }
}
