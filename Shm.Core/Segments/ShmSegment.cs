using System.Runtime.CompilerServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Named segment of POSIX shared memory, mapped into this process. <see cref="Dispose"/> unmaps the segment and, in the process
/// that created it, also removes its name.
/// </summary>
/// <remarks>
/// <para>
/// When the process exits or gets SIGINT, SIGTERM, SIGHUP or SIGQUIT, the names of the segments that it created are removed, unless
/// another handler has cancelled the signal before. The handler registered last runs first. A program that cancels a signal must
/// register its handler, or its first one of <see cref="Console.CancelKeyPress"/>, after it has created its first segment.
/// </para>
/// <para>
/// The mapping does not protect the file. Another process of the same user can shorten it at any time (ftruncate, or opening it
/// with truncation). In all processes, the pages beyond the new end are then lost: an access to one of them raises SIGBUS, which
/// ends the process and cannot be caught. If the file is lengthened again, those pages can be accessed and contain zeros.
/// <see cref="Length"/> and the checks of ranges use the length at the time of the mapping. Only the user of the file, and root,
/// can do this. Run processes that do not trust each other as different users.
/// </para>
/// </remarks>
public sealed unsafe partial class ShmSegment : IDisposable
{
    private readonly uint _number;
    private readonly string? _directory;
    private string? _name;
    private FileIdentity? _identity;
    private nint _address;
    private int _linked;

    private ShmSegment(
        string? name, uint number, nint address, long byteCount, bool isOwner, string? directory, bool isReadOnly, FileIdentity? identity)
    {
        (_name, _number, _address, Length, IsOwner) = (name, number, address, byteCount, isOwner);
        (_directory, IsReadOnly, _identity) = (directory, isReadOnly, identity);
        _linked = isOwner ? 1 : 0;
    }

    /// <summary>Name of the segment, without the leading slash.</summary>
    public string Name => _name ?? ReadGeneratedName();

    /// <summary>Identity of the segment's file; null if the name was generated and has not been read.</summary>
    internal FileIdentity? Identity => _identity;

    /// <summary>Directory that contains the segment.</summary>
    public string Directory => _directory ?? Platform.SharedMemory;

    /// <summary>
    /// Length of the mapping in bytes. A created segment has the requested length, rounded up to whole huge pages on a
    /// hugetlbfs; an opened segment has the length of its file.
    /// </summary>
    public long Length { get; }

    /// <summary>True if the segment is mapped read-only.</summary>
    public bool IsReadOnly { get; }

    /// <summary>True if this object created the segment and removes its name.</summary>
    public bool IsOwner { get; }

    /// <summary>Address of the segment's first byte in this process.</summary>
    /// <exception cref="ObjectDisposedException">The segment is disposed.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address == 0, this);
            return _address;
        }
    }

    /// <summary>
    /// Progress of the threads that map the pages in the background; null unless the segment was created or opened with
    /// <see cref="ShmSegmentOptions.PrefaultInBackground"/>.
    /// </summary>
    public BackgroundPrefault? BackgroundPrefault { get; private set; }

    /// <summary>True if the mapping lies in a reserved address range that must stay reserved when the segment is unmapped.</summary>
    internal bool LiesInReservation { get; set; }

    /// <summary>Next node of the list in <see cref="OwnedSegments"/>.</summary>
    internal ShmSegment? NextOwned { get; set; }

    /// <summary>Previous node of the list in <see cref="OwnedSegments"/>.</summary>
    internal ShmSegment? PreviousOwned { get; set; }

    /// <summary>Returns a view of a range of the segment. The view must not be used after <see cref="Dispose"/>.</summary>
    /// <param name="offset">Offset of the range in bytes.</param>
    /// <param name="byteCount">Length of the range in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    /// <exception cref="InvalidOperationException">The segment is mapped read-only.</exception>
    /// <exception cref="ObjectDisposedException">The segment is disposed.</exception>
    public Span<byte> AsSpan(long offset, int byteCount)
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException($"Cannot write to segment {Name}: it is mapped read-only. Use AsReadOnlySpan.");
        }

        return new Span<byte>((void*)At(offset, byteCount), byteCount);
    }

    /// <summary>Returns a read-only view of a range of the segment. The view must not be used after <see cref="Dispose"/>.</summary>
    /// <param name="offset">Offset of the range in bytes.</param>
    /// <param name="byteCount">Length of the range in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    /// <exception cref="ObjectDisposedException">The segment is disposed.</exception>
    public ReadOnlySpan<byte> AsReadOnlySpan(long offset, int byteCount) => new((void*)At(offset, byteCount), byteCount);

    /// <summary>Returns the address of a range of the segment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    internal nint At(long offset, long byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - byteCount);
        return Address + (nint)offset;
    }

    /// <summary>Tries to map the pages of a range, by one thread for each processor, at most 8.</summary>
    /// <inheritdoc cref="TryPrefault(long, long, int)"/>
    public bool TryPrefault(long offset, long byteCount) => TryPrefault(offset, byteCount, threads: 0);

    /// <summary>Tries to map the pages of a range, so that the first access to a page causes no page fault.</summary>
    /// <param name="offset">Offset of the range in bytes.</param>
    /// <param name="byteCount">Length of the range in bytes.</param>
    /// <param name="threads">Number of threads; see <see cref="ShmSegmentOptions.PrefaultThreads"/>.</param>
    /// <returns>False if the kernel does not support this (before Linux 5.14) or has no memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The range does not lie within the segment, or <paramref name="threads"/> is not 0 to 8.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The segment is disposed.</exception>
    public bool TryPrefault(long offset, long byteCount, int threads)
    {
        Prefaulting.Validate(threads, nameof(threads));
        var first = At(offset, byteCount);
        var start = first & -Environment.SystemPageSize;
        return Prefaulting.Populate(start, byteCount + first - start, IsReadOnly, threads) == 0;
    }

    /// <summary>Returns how many bytes of the segment this process maps by huge pages, and the reason if not all. For diagnosis.</summary>
    /// <exception cref="ObjectDisposedException">The segment is disposed.</exception>
    public HugePageUse GetHugePageUse()
    {
        var address = Address;
        _ = Name; // The first read of a generated name finds out the identity of the file.
        return HugePageUse.Of(address, Length, _identity!);
    }

    /// <summary>Unmaps the segment, and removes its name if this object created it.</summary>
    public void Dispose()
    {
        var address = Interlocked.Exchange(ref _address, 0);
        if (address == 0)
        {
            return;
        }

        if (_identity is not null)
        {
            // The mapping keeps the file in use. If it were removed first, another process could find the file unused, remove
            // the name and create it again.
            TryUnlink();
        }

        BackgroundPrefault?.Stop();
        if (LiesInReservation)
        {
            SegmentCalls.UnmapKeepingReservation(address, Length);
        }
        else
        {
            SegmentCalls.Unmap(address, Length);
        }

        if (IsOwner)
        {
            TryUnlink();
            OwnedSegments.Remove(this);
        }
    }

    /// <summary>
    /// Starts to map ranges of the segment in the background. <see cref="Dispose"/> stops this. If the start fails, disposes the
    /// segment, since no caller has it yet, and throws.
    /// </summary>
    /// <param name="threads">Number of threads; see <see cref="ShmSegmentOptions.PrefaultThreads"/>.</param>
    /// <param name="ranges">Offset and length of each range. A range begins at the start of its first page.</param>
    /// <param name="startThread">See <see cref="BackgroundPrefault.Start"/>.</param>
    internal void StartPrefault(int threads, ReadOnlySpan<(long Offset, long ByteCount)> ranges, Action<Thread>? startThread = null)
    {
        try
        {
            BackgroundPrefault = BackgroundPrefault.Start(
                Mapped(ranges), IsReadOnly, threads, SegmentPath.Label(_directory, Name), _directory, startThread);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Returns address and length of ranges whose offset and length are given.</summary>
    private (nint Address, long ByteCount)[] Mapped(ReadOnlySpan<(long Offset, long ByteCount)> ranges)
    {
        var mapped = new (nint, long)[ranges.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            // The layout of an arena is the same for all page sizes, so a range may begin within a page of 64 KiB.
            var first = At(ranges[i].Offset, ranges[i].ByteCount);
            var start = first & -Environment.SystemPageSize;
            mapped[i] = (start, ranges[i].ByteCount + (first - start));
        }

        return mapped;
    }

    /// <summary>Records that the mapping was moved to another address.</summary>
    internal void MovedTo(nint address) => _address = address;

    /// <summary>Removes the name, unless an earlier call has done so or the name refers to another file.</summary>
    [SkipLocalsInit]
    internal void TryUnlink()
    {
        if (Interlocked.Exchange(ref _linked, 0) == 0)
        {
            return;
        }

        Span<byte> generated = stackalloc byte[SegmentName.BufferByteCount];
        if (_identity is { } identity)
        {
            SegmentLink.Remove(_directory, SegmentPath.Encode(_directory, Name), identity);
        }
        else
        {
            // The name was never read, so that no other process could create a file of this name.
            SegmentName.Write(_number, generated);
            SegmentCalls.Unlink(generated);
        }
    }

    /// <summary>Returns the generated name. In the owner, first records the identity of the file.</summary>
    // Once the name has left this object, a program may remove the file and create another one of this name. Until then the
    // identity is not needed, which saves one call for a segment and one for freeing it.
    private string ReadGeneratedName()
    {
        var name = SegmentName.ToText(_number);
        if (IsOwner)
        {
            Volatile.Write(ref _identity, SegmentLink.Read(null, SegmentPath.Encode(null, name)) ?? new FileIdentity(0, 0));
        }

        Volatile.Write(ref _name, name);
        return name;
    }

    /// <summary>Creates the object for a finished mapping.</summary>
    /// <param name="name">Name of the segment; null if <paramref name="number"/> stands for a generated name.</param>
    /// <param name="number">Number in the generated name.</param>
    /// <param name="address">Address of the mapping.</param>
    /// <param name="byteCount">Length of the mapping in bytes.</param>
    /// <param name="isOwner">True if the caller created the segment.</param>
    /// <param name="directory">Directory that contains the segment; null means /dev/shm.</param>
    /// <param name="isReadOnly">True if the mapping is read-only.</param>
    /// <param name="identity">Identity of the file; null if <paramref name="number"/> stands for a generated name.</param>
    // A generated name becomes a string only when Name is read, so creating a segment allocates only one object.
    internal static ShmSegment Wrap(
        string? name, uint number, nint address, long byteCount, bool isOwner,
        string? directory = null, bool isReadOnly = false, FileIdentity? identity = null) =>
        new(name, number, address, byteCount, isOwner, directory, isReadOnly, identity);
}
