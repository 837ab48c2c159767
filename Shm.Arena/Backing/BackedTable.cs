namespace Shm.Arena;

/// <summary>
/// Table in the metadata whose entries are used in ascending order, so that its pages are backed from its start up to a limit.
/// This process keeps the limit that it knows in private memory, where no damage to the arena reaches it.
/// </summary>
internal sealed class BackedTable
{
    private readonly Lock _gate = new();
    private readonly MetadataFile _file;
    private readonly long _start, _end, _entryCount;
    private readonly int _entryBytes, _spareCount, _stepPages;

    // Offset up to which the pages are backed, and the number of entries before it.
    private long _backedEnd, _count;

    /// <param name="file">Pages of the metadata.</param>
    /// <param name="start">Offset of the table, a multiple of a page.</param>
    /// <param name="entryBytes">Size of an entry in bytes.</param>
    /// <param name="entryCount">Number of entries.</param>
    /// <param name="spareCount">Number of entries after each entry that must be backed as well.</param>
    /// <param name="stepPages">Minimum number of pages that are backed at once.</param>
    internal BackedTable(MetadataFile file, long start, int entryBytes, long entryCount, int spareCount, int stepPages)
    {
        (_file, _start, _entryBytes, _entryCount) = (file, start, entryBytes, entryCount);
        (_spareCount, _stepPages, _backedEnd) = (spareCount, stepPages, start);
        _end = AlignUp(EndOf(entryCount));
    }

    /// <summary>Number of entries that this process knows to be backed, with the spare entries after each of them.</summary>
    internal long Count => Volatile.Read(ref _count);

    /// <summary>Offset of the end of the pages that this process knows to be backed.</summary>
    internal long BackedEnd => Volatile.Read(ref _backedEnd);

    /// <summary>Finds out how many of the first entries are backed, without allocating a page.</summary>
    /// <param name="count">Number of entries that the caller wants to access. Any value is allowed.</param>
    /// <returns>The smaller of <paramref name="count"/> and the number of backed entries, at least 0.</returns>
    internal long Confirm(long count)
    {
        if (count > Count)
        {
            lock (_gate)
            {
                Extend(_file.BackedEnd(_backedEnd));
            }
        }

        return Math.Clamp(count, 0, Count);
    }

    /// <summary>Backs the first entries of the table. The caller must limit <paramref name="count"/>.</summary>
    /// <returns>False if the file system has no room for the pages.</returns>
    internal bool TryBack(long count)
    {
        if (Confirm(Math.Min(count, _entryCount)) < count)
        {
            lock (_gate)
            {
                var end = Math.Min(_end, Math.Max(AlignUp(EndOf(count)), _backedEnd + ((long)_stepPages << ArenaLayout.PageShift)));
                if (_file.Back(_backedEnd, end - _backedEnd) == 0)
                {
                    Extend(end);
                }
            }
        }

        // A step that failed may have backed the first of its pages.
        return Confirm(Math.Min(count, _entryCount)) == count;
    }

    /// <summary>Returns the offset of the first byte after the given number of entries and the spare entries.</summary>
    internal long EndOf(long count) => _start + ((count + _spareCount) * _entryBytes);

    private void Extend(long backedEnd)
    {
        backedEnd = Math.Min(backedEnd & -ArenaLayout.PageBytes, _end);
        if (backedEnd > _backedEnd)
        {
            Volatile.Write(ref _backedEnd, backedEnd);
            Volatile.Write(ref _count, Math.Clamp(((backedEnd - _start) / _entryBytes) - _spareCount, 0, _entryCount));
        }
    }

    private static long AlignUp(long byteCount) => (byteCount + ArenaLayout.PageBytes - 1) & -ArenaLayout.PageBytes;
}
