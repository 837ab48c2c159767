using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// An object that is being made as options say: in another directory, reserved, prefaulted. Whatever fails, disposing
/// it leaves neither descriptor nor mapping nor file, unless <see cref="Keep"/> was reached.
/// </summary>
internal sealed class SegmentFile(string? directory, string name) : IDisposable
{
    private readonly byte[] _path = SegmentPath.Encode(directory, name);
    private int _descriptor = -1;
    private nint _address;
    private long _byteCount;
    private bool _isKept;

    /// <returns>False only if the name is taken and the caller wants to try another.</returns>
    internal bool TryCreate(bool retryIfExists)
    {
        _descriptor = directory is null ? SegmentCalls.OpenExclusive(_path) : SegmentCalls.OpenFileExclusive(_path);
        if (_descriptor < 0)
        {
            int errno = SegmentCalls.LastError;
            if (errno != Errno.Exists || !retryIfExists)
            {
                Fail(directory is null ? "shm_open" : "open", errno);
            }
        }

        return _descriptor >= 0;
    }

    internal void Size(long byteCount)
    {
        _byteCount = byteCount;
        if (directory is not null && SegmentCalls.TryGetFileSystem(_descriptor, out FileSystemStatus system) && system.IsHugetlbfs)
        {
            // Its files and mappings are whole huge pages; anything else is EINVAL.
            long page = system.BlockByteCount;
            _byteCount = byteCount <= long.MaxValue - page ? (byteCount + page - 1) / page * page : byteCount;
        }

        if (SegmentCalls.Truncate(_descriptor, _byteCount) != 0)
        {
            Fail("ftruncate", SegmentCalls.LastError);
        }
    }

    internal void Reserve()
    {
        if (SegmentBacking.Reserve(_descriptor, _byteCount) is not 0 and var errno)
        {
            Fail("fallocate", errno);
        }
    }

    internal void Map()
    {
        nint address = directory is null
            ? SegmentCalls.Map(_descriptor, _byteCount, readOnly: false)
            : SegmentCalls.MapAccounted(_descriptor, _byteCount, readOnly: false);
        if (address == LibC.MapFailed)
        {
            Fail("mmap", SegmentCalls.LastError);
        }

        _address = address;
    }

    /// <summary>Only advice: a kernel without it loses nothing but speed.</summary>
    internal void AdviseHugePages() => SegmentCalls.Advise(_address, _byteCount, LibC.AdviseHugePage);

    internal void Prefault()
    {
        int errno = SegmentBacking.Populate(_address, _byteCount, readOnly: false);
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

    internal ShmSegment Keep()
    {
        var segment = ShmSegment.Wrap(name, 0, _address, _byteCount, isOwner: true, directory);
        _isKept = true;
        return segment;
    }

    public void Dispose()
    {
        if (_descriptor < 0)
        {
            return;
        }

        SegmentCalls.Close(_descriptor);
        if (_isKept)
        {
            return;
        }

        if (_address != 0)
        {
            SegmentCalls.Unmap(_address, _byteCount);
        }

        if (directory is null)
        {
            SegmentCalls.Unlink(_path);
        }
        else
        {
            SegmentCalls.UnlinkFile(_path);
        }
    }

    private void Fail(string operation, int errno) =>
        ShmException.ThrowErrno(operation, SegmentPath.Label(directory, name), errno, directory);
}
