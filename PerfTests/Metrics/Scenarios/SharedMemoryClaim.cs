using System.Runtime.InteropServices;
using PerfTests.Machine;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Allocates pages of <c>/dev/shm</c> before a benchmark writes to them, because a write to a page without memory raises SIGBUS.
/// </summary>
internal static partial class SharedMemoryClaim
{
    /// <summary>Advice of madvise(2), from Linux 5.14 on, that maps pages for writing and fails if there is no room.</summary>
    private const int PopulateForWriting = 23;

    private const int InvalidArgument = 22;

    private const string Folder = "/dev/shm";

    /// <summary>Claims and maps the pages of a range.</summary>
    /// <exception cref="CannotMeasureHereException"><c>/dev/shm</c> has no room for the pages.</exception>
    public static unsafe void Claim(nint address, long byteCount)
    {
        var start = address & -Environment.SystemPageSize;
        var length = byteCount + address - start;
        if (Advise(start, (nuint)length, PopulateForWriting) == 0)
        {
            return;
        }

        var error = Marshal.GetLastPInvokeError();
        RequireFree(length);
        if (error != InvalidArgument)
        {
            throw new CannotMeasureHereException(FormattableString.Invariant(
                $"madvise could not claim {byteCount >> 10:N0} KiB of {Folder} (error number {error})"));
        }

        for (var offset = 0L; offset < length; offset += Environment.SystemPageSize)
        {
            ref var first = ref ((byte*)start)[offset];
            Volatile.Write(ref first, Volatile.Read(ref first));
        }
    }

    /// <summary>Checks that <c>/dev/shm</c> has room for <paramref name="byteCount"/> bytes.</summary>
    /// <exception cref="CannotMeasureHereException"><c>/dev/shm</c> has fewer free bytes.</exception>
    public static void RequireFree(long byteCount)
    {
        var free = MachineResources.FreeSharedMemory();
        if (free < byteCount)
        {
            throw new CannotMeasureHereException(FormattableString.Invariant(
                $"needs {byteCount >> 10:N0} KiB of {Folder}, {free >> 10:N0} KiB free now; in Docker: --shm-size=2g"));
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nint address, nuint byteCount, int advice);
}
