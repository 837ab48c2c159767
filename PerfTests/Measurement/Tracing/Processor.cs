using System.Runtime.InteropServices;

namespace PerfTests.Measurement.Tracing;

/// <summary>Declarations of sched_getcpu(3) and sched_setaffinity(2).</summary>
internal static unsafe partial class Processor
{
    /// <summary>Bytes of a <c>cpu_set_t</c>, which has a bit for each of 1,024 processors.</summary>
    private const int SetBytes = 128;

    /// <summary>
    /// Makes the calling thread and another thread run on the processor that the calling thread uses at the moment. If the system
    /// refuses, both run as before, only slower.
    /// </summary>
    /// <param name="thread">Id of the other thread.</param>
    public static void PinTogether(int thread)
    {
        var processor = Current();
        if (processor is < 0 or >= SetBytes * 8)
        {
            return;
        }

        var set = stackalloc byte[SetBytes];
        new Span<byte>(set, SetBytes).Clear();
        set[processor / 8] = (byte)(1 << (processor % 8));
        _ = SetAffinity(0, SetBytes, set);
        _ = SetAffinity(thread, SetBytes, set);
    }

    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    private static partial int Current();

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint byteCount, byte* set);
}
