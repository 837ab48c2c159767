using System.Runtime.CompilerServices;

namespace Shm.Core;

/// <summary>
/// One named object of POSIX shared memory, mapped into this process. Whoever created it removes its name on
/// <see cref="Dispose"/>; whoever opened it only unmaps.
/// </summary>
public sealed unsafe class ShmSegment : IDisposable
{
    private readonly uint _number;
    private readonly string? _directory;
    private string? _name;
    private nint _address;
    private int _linked;

    private static ShmSegmentOpenOptions ForWriting { get; } = new();

    private static ShmSegmentOpenOptions ForReading { get; } = new() { ReadOnly = true };

    private ShmSegment(
        string? name, uint number, nint address, long byteCount, bool isOwner, string? directory, bool isReadOnly)
    {
        (_name, _number, _address, Length, IsOwner) = (name, number, address, byteCount, isOwner);
        (_directory, IsReadOnly) = (directory, isReadOnly);
        _linked = isOwner ? 1 : 0;
    }

    /// <summary>The object's name, without the leading slash.</summary>
    public string Name => _name ??= SegmentName.ToText(_number);

    /// <summary>The directory that holds the object.</summary>
    public string Directory => _directory ?? SegmentPath.SharedMemory;

    /// <summary>Mapped bytes: what was asked for, in whole huge pages on a hugetlbfs; the object's length where it was opened.</summary>
    public long Length { get; }

    /// <summary>Whether writing to the mapping is a fault.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Whether this process created the object and removes its name.</summary>
    public bool IsOwner { get; }

    /// <summary>The first mapped byte's address in this process.</summary>
    /// <exception cref="ObjectDisposedException">The segment is disposed.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address == 0, this);
            return _address;
        }
    }

    /// <summary>Whether the addresses belong to a reservation, to which they go back without a moment in between.</summary>
    internal bool LiesInReservation { get; set; }

    internal ShmSegment? NextOwned { get; set; }

    internal ShmSegment? PreviousOwned { get; set; }

    /// <summary>Creates an object with a new name of this process; its bytes are zero.</summary>
    /// <param name="byteCount">Length in bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">The system refused.</exception>
    public static ShmSegment CreateExclusive(long byteCount)
    {
        Span<byte> path = stackalloc byte[SegmentName.BufferByteCount];
        while (true)
        {
            uint number = SegmentName.NextNumber();
            SegmentName.Write(number, path);
            // Somebody else's object of that name is not ours to take: try another name.
            if (SegmentCreation.Create(path, byteCount, retryIfExists: true, null, number) is { } segment)
            {
                return segment;
            }
        }
    }

    /// <summary>Creates an object with a given name; its bytes are zero.</summary>
    /// <inheritdoc cref="CreateExclusive(long)"/>
    public static ShmSegment CreateExclusive(string name, long byteCount)
    {
        SegmentName.Validate(name);
        Span<byte> path = stackalloc byte[SegmentName.BufferByteCount];
        SegmentName.Write(name, path);
        return SegmentCreation.Create(path, byteCount, retryIfExists: false, name, 0)!;
    }

    /// <summary>Creates an object as the options say; its bytes are zero. If anything fails nothing stays behind.</summary>
    /// <param name="name">The object's name, without slash; null for a new name of this process.</param>
    /// <param name="byteCount">Length in bytes, at least 1.</param>
    /// <param name="options">Where it lies and how it is backed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">The name or the directory can't be one, or the system refused.</exception>
    public static ShmSegment CreateExclusive(string? name, long byteCount, ShmSegmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        if (name is not null)
        {
            SegmentName.Validate(name);
        }

        string? directory = SegmentPath.Normalize(options.Directory);
        while (true)
        {
            string chosen = name ?? SegmentName.Generate();
            if (SegmentCreation.Create(directory, chosen, byteCount, retryIfExists: name is null, options) is { } segment)
            {
                return segment;
            }
        }
    }

    /// <summary>Opens what another process created; nothing is ever created.</summary>
    /// <param name="name">The object's name, without slash.</param>
    /// <param name="minimumByteCount">What the owner announced: a shorter object is refused. At least 1.</param>
    /// <param name="readOnly">Writing to the mapping is then a fault.</param>
    /// <exception cref="ShmException">
    /// It does not exist, is not a regular file of this user, is too short, or the system refused.
    /// </exception>
    public static ShmSegment Open(string name, long minimumByteCount, bool readOnly = false) =>
        Open(name, minimumByteCount, readOnly ? ForReading : ForWriting);

    /// <summary>Opens what another process created, as the options say; nothing is ever created.</summary>
    /// <param name="name">The object's name, without slash.</param>
    /// <param name="minimumByteCount">What the owner announced: a shorter object is refused. At least 1.</param>
    /// <param name="options">Where it lies and how it is mapped.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumByteCount"/> is zero or negative.</exception>
    /// <exception cref="ShmException">
    /// It does not exist, is not a regular file of this user, is too short, or the system refused.
    /// </exception>
    public static ShmSegment Open(string name, long minimumByteCount, ShmSegmentOpenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SegmentName.Validate(name);
        return SegmentOpening.Open(SegmentPath.Normalize(options.Directory), name, minimumByteCount, options);
    }

    /// <summary>A view of part of the segment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    /// <exception cref="InvalidOperationException">The segment is mapped for reading alone.</exception>
    public Span<byte> AsSpan(long offset, int byteCount)
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException($"The segment {Name} is mapped for reading alone: use AsReadOnlySpan.");
        }

        return new Span<byte>((void*)At(offset, byteCount), byteCount);
    }

    /// <summary>A view for reading of part of the segment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    public ReadOnlySpan<byte> AsReadOnlySpan(long offset, int byteCount) => new((void*)At(offset, byteCount), byteCount);

    /// <summary>The address of a range of the segment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the segment.</exception>
    internal nint At(long offset, long byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - byteCount);
        return Address + (nint)offset;
    }

    /// <summary>Maps the pages of a range now, so that its first touch is no page fault.</summary>
    /// <returns>False if the kernel can't do it ahead (before Linux 5.14) or has no memory.</returns>
    public bool TryPrefault(long offset, long byteCount)
    {
        nint first = At(offset, byteCount);
        nint start = first & -Environment.SystemPageSize;
        return SegmentBacking.Populate(start, byteCount + first - start, IsReadOnly) == 0;
    }

    /// <summary>Unmaps, and removes the name if this process created the object.</summary>
    public void Dispose()
    {
        nint address = Interlocked.Exchange(ref _address, 0);
        if (address == 0)
        {
            return;
        }

        if (LiesInReservation)
        {
            SegmentCalls.Vacate(address, Length);
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

    /// <summary>Says that the mapping was moved to another address of this process.</summary>
    internal void MovedTo(nint address) => _address = address;

    /// <summary>Removes the name once, whoever asks first.</summary>
    [SkipLocalsInit]
    internal void TryUnlink()
    {
        if (Interlocked.Exchange(ref _linked, 0) == 1)
        {
            if (_directory is not null)
            {
                SegmentCalls.UnlinkFile(SegmentPath.Encode(_directory, Name));
                return;
            }

            Span<byte> path = stackalloc byte[SegmentName.BufferByteCount];
            if (_name is null)
            {
                SegmentName.Write(_number, path);
            }
            else
            {
                SegmentName.Write(_name, path);
            }

            SegmentCalls.Unlink(path);
        }
    }

    internal static ShmSegment Wrap(
        string? name, uint number, nint address, long byteCount, bool isOwner, string? directory = null, bool isReadOnly = false) =>
        new(name, number, address, byteCount, isOwner, directory, isReadOnly);
}
