using System.Diagnostics.CodeAnalysis;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>A workload whose blocks were not all had measures nothing.</summary>
internal static class OutOfMemory
{
    [DoesNotReturn]
    public static void Throw(string allocator, long byteCount) =>
        throw new InvalidOperationException($"{allocator} has no block of {byteCount} bytes: free memory on this machine, or in /dev/shm, and run again.");
}
