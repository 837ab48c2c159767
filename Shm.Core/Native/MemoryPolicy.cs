using System.Runtime.InteropServices;

namespace Shm.Core.Native;

/// <summary>NUMA policy of a mapping (mbind(2)). The C library has no function for the call, so it is made by its number.</summary>
internal static unsafe partial class MemoryPolicy
{
    /// <summary>Greatest number of NUMA nodes that Linux supports.</summary>
    internal const int MaxNodeCount = 1024;

    private const int BindMode = 2;

    /// <summary>
    /// Binds a range of a shared mapping to a node: the kernel takes the pages of the range from this node only. The policy
    /// belongs to the file, so it is in force in every process, and also for fallocate.
    /// </summary>
    /// <returns>0, or the error number.</returns>
    internal static int Bind(nint address, long byteCount, int node)
    {
        var nodes = stackalloc ulong[MaxNodeCount / 64];
        nodes[node / 64] = 1UL << (node % 64);

        // The kernel reads one bit less than the number that it gets.
        var number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 235 : 237;
        return SystemCall(number, address, (nint)byteCount, BindMode, nodes, MaxNodeCount + 1, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(
        nint number, nint address, nint byteCount, nint mode, ulong* nodes, nint bitCount, nint flags);
}
