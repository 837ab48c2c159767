using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Descriptor of /dev/shm, opened once. openat and unlinkat with this descriptor do the same as shm_open and shm_unlink, but
/// spare the kernel the path lookup from the root. This lookup takes about as long as closing a descriptor.
/// </summary>
/// <remarks>
/// A process that changes its root directory or mounts another /dev/shm for itself must do so before it creates its first segment.
/// </remarks>
internal static unsafe class SharedMemoryDirectory
{
    /// <summary>The descriptor; negative if /dev/shm could not be opened.</summary>
    internal static readonly int Descriptor = Open();

    /// <summary>
    /// Smallest number for the descriptor. The kernel gives a new descriptor the lowest free number. If other code in the
    /// process closes this descriptor by mistake, its high number is unlikely to be given to another directory.
    /// </summary>
    private const int MinDescriptor = 1000;

    /// <summary>True once a call has failed because the descriptor is unusable.</summary>
    internal static bool WasUnusable { get; private set; }

    /// <summary>
    /// Returns true if a call failed because the descriptor is unusable: /dev/shm could not be opened, or other code closed the
    /// descriptor. The caller then calls shm_open or shm_unlink instead.
    /// </summary>
    /// <param name="errno">Error number of the failed call.</param>
    internal static bool IsUnusable(int errno)
    {
        var isUnusable = errno is Errno.BadDescriptor or Errno.NotADirectory;
        WasUnusable |= isUnusable;
        return isUnusable;
    }

    private static int Open()
    {
        fixed (byte* path = "/dev/shm\0"u8)
        {
            var lowest = LibC.Open(path, LibC.PathOnly | LibC.Directory | LibC.CloseOnExec, 0);
            var descriptor = LibC.Control(lowest, LibC.DuplicateClosedOnExec, MinDescriptor);
            if (descriptor < 0)
            {
                // open failed, or the limit of open files is below MinDescriptor.
                return lowest;
            }

            SegmentCalls.Close(lowest);
            return descriptor;
        }
    }
}
