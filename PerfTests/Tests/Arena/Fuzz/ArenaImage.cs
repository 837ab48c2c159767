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
    private readonly SparseFile _sparse;
    private readonly Dictionary<long, byte[]?> _pristine = [];

    // Pages of _pristine that a case may have changed, and those that only the damage of a few cases reaches.
    private readonly List<long> _often = [], _rarely = [];
    private readonly long _claimedBytes;

    /// <param name="place">Place of the arena.</param>
    /// <param name="directory">Directory of the file.</param>
    internal ArenaImage(FuzzPlace place, string directory)
    {
        var options = new ShmArenaOptions
        {
            CapacityBytes = CapacityOf(place),
            Directory = directory,
            Reserve = false,
        };
        using (var creator = ShmArena.Create(options))
        using (var peer = ShmArena.Attach(creator.Name, new ShmArenaAttachOptions { Directory = directory }))
        using (var used = new SparseFile(Path.Combine(directory, creator.Name)))
        {
            (Place, Layout, Handles) = (place, new ArenaLayout(options.CapacityBytes), [.. FuzzBlocks.Fill(creator, peer)]);
            if (place == FuzzPlace.FullFileSystem)
            {
                FuzzBlocks.UseAllocatedParts(creator, directory);
            }

            Read(used);
        }

        _file = ShmSegment.CreateExclusive(null, Layout.TotalBytes, new ShmSegmentOptions { Directory = directory });
        _sparse = new SparseFile(Path.Combine(directory, _file.Name));
        Bytes = (byte*)_file.Address;
        foreach (var (offset, content) in _pristine)
        {
            // Writing a zero allocates the page.
            Bytes[offset] = 0;
            content?.CopyTo(new Span<byte>(Bytes + offset, content.Length));
        }

        _claimedBytes = _sparse.ClaimedByteCount;
    }

    internal FuzzPlace Place { get; }

    internal string Name => _file.Name;

    internal ArenaLayout Layout { get; }

    internal byte* Bytes { get; }

    /// <summary>Handles of live and freed blocks.</summary>
    internal ShmBlock[] Handles { get; }

    /// <summary>Memory that the arena has allocated since it was repaired, in bytes.</summary>
    internal long GrownBytes => _sparse.ClaimedByteCount - _claimedBytes;

    /// <summary>Returns true if the damage may access a page: another page need not be allocated.</summary>
    internal bool Contains(long offset) => _pristine.ContainsKey(offset & -ArenaLayout.PageBytes);

    /// <summary>Repairs the pages that a case may have changed, and gives those back that it has allocated.</summary>
    internal void Restore()
    {
        _often.ForEach(Restore);
        if (GrownBytes > 0)
        {
            foreach (var offset in _sparse.Pages(Layout.PageMap, Layout.TotalBytes).Where(page => !_pristine.ContainsKey(page)).ToList())
            {
                _sparse.Punch(offset);
            }
        }
    }

    /// <summary>Repairs all pages.</summary>
    /// <returns>False if an operation of the arena changed a byte of a block, which none may do.</returns>
    internal bool RestoreAll()
    {
        var isDataUntouched = _rarely.TrueForAll(offset => offset < Layout.Data || IsPristine(offset));
        _rarely.ForEach(Restore);
        Restore();
        return isDataUntouched;
    }

    public void Dispose()
    {
        _sparse.Dispose();
        _file.Dispose();
    }

    private static long CapacityOf(FuzzPlace place) => place switch
    {
        FuzzPlace.Allocated => ShmArenaOptions.MinCapacityBytes,

        // The page map has a second page, which is not allocated.
        FuzzPlace.FullFileSystem => 8 << 20,
        _ => ShmArenaOptions.MaxCapacityBytes,
    };

    private void Read(SparseFile used)
    {
        var isAllocated = Place == FuzzPlace.Allocated;
        AddRange(isAllocated ? PagesOf(0, Layout.Data) : used.Pages(0, Layout.Data));
        if (Place != FuzzPlace.Sparse)
        {
            // The operations read the ends of blocks, as a user does, whose risk an access to unreserved data is.
            AddRange(PagesOf(Layout.Data, Layout.TotalBytes));
        }

        void AddRange(IEnumerable<long> offsets)
        {
            foreach (var offset in offsets)
            {
                var content = used.Read(offset);
                _pristine.Add(offset, content);
                (content is not null || IsUsedOften(offset) ? _often : _rarely).Add(offset);
            }
        }
    }

    /// <summary>Returns true if most cases write to a page that contains only zeros at first.</summary>
    private bool IsUsedOften(long offset) =>
        // A case uses few heap slots. The bitmaps and maps of an arena of 1 TiB have 228 MiB, of which it uses the start.
        offset < Layout.Data && (offset < Layout.PageMap ? Place != FuzzPlace.Sparse
            : offset < Layout.Heaps + (32 * ArenaLayout.PageBytes) || offset >= Layout.Parts);

    private static IEnumerable<long> PagesOf(long from, long to)
    {
        for (var offset = from; offset < to; offset += ArenaLayout.PageBytes)
        {
            yield return offset;
        }
    }

    private Span<byte> PageAt(long offset) => new(Bytes + offset, (int)ArenaLayout.PageBytes);

    private bool IsPristine(long offset) =>
        _pristine[offset] is { } content ? PageAt(offset).SequenceEqual(content) : !PageAt(offset).ContainsAnyExcept((byte)0);

    private void Restore(long offset)
    {
        if (IsPristine(offset))
        {
            return;
        }

        if (_pristine[offset] is { } content)
        {
            content.CopyTo(PageAt(offset));
        }
        else
        {
            PageAt(offset).Clear();
        }
    }
}
