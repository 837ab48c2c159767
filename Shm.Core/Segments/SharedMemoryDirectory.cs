using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// /dev/shm, opened once and kept: what shm_open and shm_unlink do with a name, without the way from the root to the
/// directory, which takes about as long as closing a descriptor does. A process that changes its root or mounts another
/// /dev/shm for itself must do so before its first segment.
/// </summary>
internal static unsafe class SharedMemoryDirectory
{
    /// <summary>Negative if it could not be opened.</summary>
    internal static readonly int Descriptor = Open();

    /// <summary>
    /// Whether a call failed because the descriptor is not the directory's, or no more: it could not be opened, or
    /// something in this process closed it. The C library's own way is left then.
    /// </summary>
    internal static bool IsLost(int errno) => errno is Errno.BadDescriptor or Errno.NotADirectory;

    /// <summary>
    /// Of a number that nothing else is given: new descriptors get the lowest that is free. Should something in this
    /// process close it by mistake, no other directory takes its place unseen.
    /// </summary>
    private const int LeastNumber = 1000;

    private static int Open()
    {
        fixed (byte* path = "/dev/shm\0"u8)
        {
            int lowest = LibC.Open(path, LibC.PathOnly | LibC.Directory | LibC.CloseOnExec, 0);
            int descriptor = LibC.Control(lowest, LibC.DuplicateClosedOnExec, LeastNumber);
            if (descriptor < 0)
            {
                // There is none, or the limit of open files is lower.
                return lowest;
            }

            SegmentCalls.Close(lowest);
            return descriptor;
        }
    }
}
