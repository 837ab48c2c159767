using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// /dev/shm, opened once and kept: what shm_open and shm_unlink do with a name, without the way from the root to the
/// directory, which takes about as long as closing a descriptor does.
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

    private static int Open()
    {
        fixed (byte* path = "/dev/shm\0"u8)
        {
            return LibC.Open(path, LibC.PathOnly | LibC.Directory | LibC.CloseOnExec, 0);
        }
    }
}
