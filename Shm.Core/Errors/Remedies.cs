using System.Text;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Advice for each error number: one sentence that says what the user can do.</summary>
internal static class Remedies
{
    /// <summary>Returns the advice for an error number.</summary>
    /// <param name="operation">Name of the failed call.</param>
    /// <param name="errno">Error number of the failed call.</param>
    /// <param name="directory">Directory that contains the segment.</param>
    internal static string For(string operation, int errno, string directory) => errno switch
    {
        Errno.Access or Errno.PermissionDenied or Errno.ReadOnlyFileSystem =>
            $"Check the permissions of {directory} ({Permissions(directory)}), and check that the segment belongs to this user.",
        Errno.NoSpace when operation is "open" or "openat" or "shm_open" && HasNoFreeInode(directory) =>
            $"{directory} has no free inode: allow more files (mount -o remount,nr_inodes=...), or remove files or stale segments.",
        Errno.NoSpace =>
            $"Enlarge {directory} (mount -o remount,size=...{(IsShared(directory) ? "; --shm-size for a container" : "")}) "
            + "or remove stale segments.",
        Errno.QuotaExceeded => $"Raise this user's quota on {directory}, or remove stale segments.",
        Errno.FileTooBig when FileSizeLimit() is { } limit =>
            $"Raise the limit of the file size (ulimit -f, RLIMIT_FSIZE), which is {limit} bytes, or request fewer bytes.",
        Errno.FileTooBig or Errno.Overflow => "Request fewer bytes: the file system does not support files of this length.",
        Errno.TooManyFiles or Errno.FileTableFull =>
            "Raise the limit of open files (ulimit -n, fs.file-max) or dispose segments earlier.",
        Errno.NameTooLong => $"Use a name of at most {Platform.MaxNameByteCount} bytes.",
        Errno.NoEntry when !Directory.Exists(directory) =>
            $"Create the directory {directory}, which does not exist{(IsShared(directory) ? HowToMount : "")}.",
        Errno.NoEntry =>
            $"Check that the owner has created the segment, has not disposed it, and uses the same {directory}.",
        Errno.NotADirectory => $"Check that {directory} is a directory.",
        Errno.IsADirectory => "Choose another name, or remove the directory of this name.",
        Errno.Exists => "Choose another name, or remove the segment if its owner has exited.",
        Errno.NoMemory =>
            "Free memory, or raise vm.max_map_count, the address-space limit (ulimit -v) or the number of huge pages.",
        Errno.TooManyLinks => "Remove the symbolic link of this name: links are never followed.",
        Errno.NotSupported =>
            "Turn off the options Reserve, Prefault and PrefaultInBackground: the kernel or the file system of "
            + $"{directory} does not support one of them.",
        Errno.TryAgain => "Try again: another process is finding out whether the segment is in use.",
        Errno.Invalid => "Check the name and the length.",
        _ => "See the manual page of the failed call.",
    };

    private const string HowToMount = ", and mount a tmpfs there (mount -t tmpfs -o mode=1777 shm /dev/shm)";

    private static unsafe bool HasNoFreeInode(string directory)
    {
        FileSystemStatus status;
        fixed (byte* path = Encoding.UTF8.GetBytes(directory + "\0"))
        {
            return LibC.FileSystemStatusOf(path, &status) == 0 && status.HasNoFreeInode;
        }
    }

    /// <summary>Returns the limit of the file size in bytes, or null if there is none.</summary>
    private static unsafe ulong? FileSizeLimit()
    {
        var limits = stackalloc ulong[2];
        return LibC.ReadLimit(LibC.FileSizeLimit, limits) == 0 && limits[0] != ulong.MaxValue ? limits[0] : null;
    }

    private static bool IsShared(string directory) => directory == Platform.SharedMemory;

    private static string Permissions(string directory) =>
        IsShared(directory) ? "mode 1777, mounted writable" : "writable for this user, mounted writable";
}
