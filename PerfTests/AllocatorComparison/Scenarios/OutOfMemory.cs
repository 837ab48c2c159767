using System.Diagnostics.CodeAnalysis;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Fails a measurement in which an allocation failed. Such a measurement did less work, so its time would be too short.
/// </summary>
internal static class OutOfMemory
{
    /// <summary>Throws for a failed allocation.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void Throw(string allocator, long byteCount) =>
        throw new InvalidOperationException(
            $"{allocator} cannot allocate a block of {byteCount} bytes: out of memory. Free memory on this machine or in /dev/shm.");
}
