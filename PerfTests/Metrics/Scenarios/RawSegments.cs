using System.Runtime.InteropServices;
using System.Text;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Segments that are created and removed one system call at a time, so that each call can be timed alone. The library does not
/// track these segments, so this class removes their names when the process exits or a signal ends it.
/// </summary>
internal sealed class RawSegments : IDisposable
{
    private readonly byte[][] _names;
    private readonly nint[] _pinnedNames;
    private readonly int[] _descriptors;
    private readonly nint[] _addresses;
    private readonly PosixSignalRegistration[] _signals;
    private readonly Lock _gate = new();
    private bool _mayHaveNames;
    private bool _isEnding;

    public RawSegments(int count)
    {
        // NUL-terminated names with a leading slash, as SegmentCalls expects them.
        _names = [.. Enumerable.Range(0, count).Select(_ => Pinned(Encoding.UTF8.GetBytes($"/{SegmentName.Generate()}\0")))];
        _pinnedNames = [.. _names.Select(name => Marshal.UnsafeAddrOfPinnedArrayElement(name, 0))];
        _descriptors = new int[count];
        _addresses = new nint[count];
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        _signals = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    public long Open()
    {
        lock (_gate)
        {
            if (_isEnding)
            {
                // The process is exiting, and nothing would remove a name that is created now.
                return 0;
            }

            return OpenAll();
        }
    }

    private long OpenAll()
    {
        _mayHaveNames = true;
        long sum = 0;
        for (var i = 0; i < _names.Length; i++)
        {
            sum += _descriptors[i] = Required(SegmentCalls.OpenExclusive(_names[i]), "openat");
        }

        return sum;
    }

    /// <summary>Creates all segments by calling a C function, which takes count, names, bytes and addresses.</summary>
    public unsafe long CreateBy(nint function)
    {
        lock (_gate)
        {
            if (_isEnding)
            {
                return 0;
            }

            _mayHaveNames = true;
            fixed (nint* addresses = _addresses, names = _pinnedNames)
            {
                var error = ((delegate* unmanaged<int, nint*, nint, nint*, int>)function)(
                    _names.Length, names, (nint)BlockSize.OneMebibyte, addresses);
                if (error != 0)
                {
                    ShmException.ThrowErrno("create_segments", "a segment of the benchmark", error);
                }

                return _addresses[^1];
            }
        }
    }

    public long Truncate()
    {
        long sum = 0;
        foreach (var descriptor in _descriptors)
        {
            sum += Required(SegmentCalls.Truncate(descriptor, BlockSize.OneMebibyte), "ftruncate");
        }

        return sum;
    }

    public long Map()
    {
        long sum = 0;
        for (var i = 0; i < _descriptors.Length; i++)
        {
            var address = SegmentCalls.Map(_descriptors[i], BlockSize.OneMebibyte, readOnly: false);
            Required(address == -1 ? -1 : 0, "mmap");
            sum += _addresses[i] = address;
        }

        return sum;
    }

    public long Unmap()
    {
        long sum = 0;
        foreach (var address in _addresses)
        {
            sum += Required(SegmentCalls.Unmap(address, BlockSize.OneMebibyte), "munmap");
        }

        return sum;
    }

    public long Unlink()
    {
        long sum = 0;
        foreach (var name in _names)
        {
            sum += Required(SegmentCalls.Unlink(name), "unlinkat");
        }

        _mayHaveNames = false;
        return sum;
    }

    public void Close()
    {
        foreach (var descriptor in _descriptors)
        {
            SegmentCalls.Close(descriptor);
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        OnExit(null, EventArgs.Empty);
    }

    private static byte[] Pinned(byte[] bytes)
    {
        var pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned, 0);
        return pinned;
    }

    /// <summary>Throws if a call failed, because a failed call must not be timed like a successful one.</summary>
    private static int Required(int answer, string call)
    {
        if (answer < 0)
        {
            ShmException.ThrowErrno(call, "a segment of the benchmark", SegmentCalls.LastError);
        }

        return answer;
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (!context.Cancel)
        {
            OnExit(null, EventArgs.Empty);
        }
    }

    private void OnExit(object? sender, EventArgs e)
    {
        lock (_gate)
        {
            _isEnding = true;
            foreach (var name in _mayHaveNames ? _names : [])
            {
                SegmentCalls.Unlink(name);
            }
        }
    }
}
