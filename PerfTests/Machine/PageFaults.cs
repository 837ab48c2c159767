using System.Runtime.InteropServices;

namespace PerfTests.Machine;

/// <summary>Page faults of the calling thread, as the kernel counts them (getrusage(2) with RUSAGE_THREAD).</summary>
internal static partial class PageFaults
{
    private const int CallingThread = 1;

    /// <summary>Gets the number of minor and major faults since the thread started.</summary>
    public static long OfThisThread()
    {
        if (GetUsage(CallingThread, out var usage) != 0)
        {
            throw new InvalidOperationException($"getrusage(RUSAGE_THREAD) failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return usage.MinorFaults + usage.MajorFaults;
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, out Usage usage);

    /// <summary>The kernel's <c>struct rusage</c> on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct Usage
    {
        [FieldOffset(64)]
        public long MinorFaults;

        [FieldOffset(72)]
        public long MajorFaults;
    }
}
