using System.Runtime.InteropServices;

namespace PerfTests.Measurement.SystemCalls;

/// <summary>Names and numbers of system calls, on x64 and on arm64. Calls that are not listed are named by their number.</summary>
internal static class SystemCallNames
{
    private static readonly (string Name, int X64, int Arm64)[] s_calls =
    [
        ("openat", 257, 56), ("ftruncate", 77, 46), ("mmap", 9, 222), ("munmap", 11, 215), ("close", 3, 57),
        ("unlink", 87, -1), ("unlinkat", 263, 35), ("fstat", 5, 80), ("newfstatat", 262, 79), ("statx", 332, 291),
        ("geteuid", 107, 175), ("madvise", 28, 233), ("fallocate", 285, 47), ("futex", 202, 98),
        ("rt_sigreturn", 15, 139), ("read", 0, 63), ("write", 1, 64), ("mprotect", 10, 226), ("sched_yield", 24, 124),
        ("membarrier", 324, 283), ("getppid", 110, 173),
    ];

    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>
    /// System-call number of getppid. This call marks the start and the end of the count: no other code of the process makes
    /// it, the C library always passes it to the kernel, and it has no side effect.
    /// </summary>
    public static long Marker { get; } = NumberOf(Array.Find(s_calls, call => call.Name == "getppid"));

    /// <summary>Gets the name of a system call.</summary>
    public static string Of(long number) =>
        Array.Find(s_calls, call => NumberOf(call) == number).Name ?? FormattableString.Invariant($"system call {number}");

    private static int NumberOf((string Name, int X64, int Arm64) call) => IsX64 ? call.X64 : call.Arm64;
}
