using System.Runtime.CompilerServices;

namespace Shm.Core;

/// <summary>
/// One named object of POSIX shared memory, mapped into this process. Whoever created it removes its name on
/// <see cref="Dispose"/>; whoever opened it only unmaps.
/// </summary>
public sealed unsafe partial class ShmSegment : IDisposable
{
    private readonly uint _number;
    private readonly string? _directory;
    private string? _name;
    private nint _address;
    private int _linked;

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
