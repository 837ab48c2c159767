using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Segment that is being created with options, step by step. <see cref="Dispose"/> closes the descriptor and, unless
/// <see cref="Keep"/> was called, also removes the mapping and unlinks the file.
/// </summary>
internal sealed class SegmentFile(string? directory, string name) : IDisposable
{
    private readonly byte[] _path = SegmentPath.Encode(directory, name);
    private int _descriptor = -1;
    private FileIdentity? _identity;
    private nint _address;
    private long _byteCount;
    private bool _isKept;

    private string Label => SegmentPath.Label(directory, name);

    private string OpenCall => directory is null ? SegmentCalls.OpenCall : "open";

    /// <summary>Creates the file.</summary>
    /// <returns>False if the name exists and <paramref name="retryIfExists"/> is true.</returns>
    internal bool TryCreate(bool retryIfExists)
    {
        _descriptor = directory is null ? SegmentCalls.OpenExclusive(_path) : SegmentCalls.OpenFileExclusive(_path);
        if (_descriptor < 0)
        {
            var errno = SegmentCalls.LastError;
            if (errno != Errno.Exists)
            {
                Fail(OpenCall, errno);
            }

            if (!retryIfExists)
            {
                ShmException.ThrowErrno(OpenCall, Label, errno, directory, RemedyForExisting(SegmentLease.Probe(directory, name)));
            }

            return false;
        }

        if (!SegmentCalls.TryGetStatus(_descriptor, out var status))
        {
            Fail("fstat", SegmentCalls.LastError);
        }

        _identity = status.Identity;
        return true;
    }

    /// <summary>Sets the length, rounded up to whole huge pages on a hugetlbfs.</summary>
    internal void SetLength(long byteCount)
    {
        _byteCount = byteCount;
        if (directory is not null && SegmentCalls.TryGetFileSystem(_descriptor, out var system) && system.IsHugetlbfs)
        {
            // A hugetlbfs returns EINVAL for any other length.
            var page = system.BlockByteCount;
            _byteCount = byteCount <= long.MaxValue - page ? (byteCount + page - 1) / page * page : byteCount;
        }

        if (SegmentCalls.Truncate(_descriptor, _byteCount) != 0)
        {
            Fail("ftruncate", SegmentCalls.LastError);
        }
    }

    /// <summary>Maps the file.</summary>
    internal void Map()
    {
        var address = directory is null
            ? SegmentCalls.Map(_descriptor, _byteCount, readOnly: false)
            : SegmentCalls.MapAccounted(_descriptor, _byteCount, readOnly: false);
        if (address == LibC.MapFailed)
        {
            Fail("mmap", SegmentCalls.LastError);
        }

        _address = address;
    }

    /// <summary>
    /// Advises the kernel to use transparent huge pages. Ignores a failure, since a segment without huge pages is only slower.
    /// </summary>
    internal void AdviseHugePages() => SegmentCalls.Advise(_address, _byteCount, LibC.AdviseHugePage);

    /// <summary>Binds the pages to a NUMA node.</summary>
    internal void Bind(int node)
    {
        if (MemoryPolicy.Bind(_address, _byteCount, node) is not 0 and var errno)
        {
            ShmException.ThrowErrno("mbind", Label, errno, directory, NumaBinding.RemedyFor(errno, node));
        }
    }

    /// <summary>Reserves the pages in the file system.</summary>
    internal void Reserve()
    {
        if (SegmentBacking.Reserve(_descriptor, _byteCount) is not 0 and var errno)
        {
            Fail("fallocate", errno);
        }
    }

    /// <summary>Reserves the pages in the file system, as huge pages if the mount has them.</summary>
    internal void ReserveHuge(int threads)
    {
        if (HugePageReservation.Reserve(_descriptor, 0, _address, _byteCount, threads) is (var call, not 0 and var errno))
        {
            Fail(call, errno);
        }
    }

    /// <summary>Maps all pages, by several threads if there are many.</summary>
    internal void Prefault(int threads)
    {
        var errno = Prefaulting.Populate(_address, _byteCount, readOnly: false, threads);
        if (errno == Errno.Invalid)
        {
            Reserve();
            SegmentBacking.Touch(_address, _byteCount, readOnly: false);
        }
        else if (errno != 0)
        {
            Fail("madvise", errno);
        }
    }

    /// <summary>Returns the mapped segment. <see cref="Dispose"/> then leaves the segment in place.</summary>
    internal ShmSegment Keep()
    {
        var segment = ShmSegment.Wrap(name, 0, _address, _byteCount, isOwner: true, directory, identity: _identity);
        _isKept = true;
        return segment;
    }

    /// <summary>Closes the descriptor, and undoes the creation unless the segment was kept. Further calls do nothing.</summary>
    public void Dispose()
    {
        if (_descriptor < 0)
        {
            return;
        }

        if (!_isKept)
        {
            if (_identity is not null)
            {
                SegmentLink.Remove(directory, _path, _identity);
            }

            if (_address != 0)
            {
                SegmentCalls.Unmap(_address, _byteCount);
            }
        }

        SegmentCalls.Close(_descriptor);
        _descriptor = -1;
    }

    private static string? RemedyForExisting(SegmentUse use) => use switch
    {
        SegmentUse.Unused => "No process uses the segment of this name: its owner was killed. Remove it with StaleSegments.Remove, "
            + "or choose another name.",
        SegmentUse.InUse => "Choose another name: a process uses the segment of this name.",
        _ => null,
    };

    private void Fail(string operation, int errno) => ShmException.ThrowErrno(operation, Label, errno, directory);
}
