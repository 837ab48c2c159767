using Shm.Core.Native;

namespace Shm.Core;

/// <summary>What a user can do about an error number, in one sentence.</summary>
internal static class Remedies
{
    internal static string For(int errno, string directory) => errno switch
    {
        Errno.Access or Errno.PermissionDenied or Errno.ReadOnlyFileSystem =>
            $"Check the permissions of {directory} ({Permissions(directory)}) and that the object belongs to this user.",
        Errno.NoSpace =>
            $"Enlarge {directory} (mount -o remount,size=...{(IsShared(directory) ? "; --shm-size for a container" : "")}) or remove stale segments.",
        Errno.QuotaExceeded => $"Raise this user's quota on {directory}, or remove stale segments.",
        Errno.FileTooBig or Errno.Overflow => "Ask for fewer bytes: the file system does not hold files of this length.",
        Errno.TooManyFiles or Errno.FileTableFull =>
            "Raise the limit of open files (ulimit -n, fs.file-max) or dispose segments earlier.",
        Errno.NameTooLong => $"Use a name of at most {SegmentName.MaxByteCount} bytes.",
        Errno.NoEntry =>
            $"Check that the owner has created the object, has not disposed it, and shares this {directory}.",
        Errno.NotADirectory => $"Check that {directory} is a directory.",
        Errno.IsADirectory => "Choose another name, or remove the directory that stands under it.",
        Errno.Exists => "Choose another name, or remove the object if its owner is dead.",
        Errno.NoMemory =>
            "Free memory, or raise vm.max_map_count, the limit of address space (ulimit -v) or the number of huge pages.",
        Errno.TooManyLinks => "The object is a symbolic link, which is never followed; remove it.",
        Errno.NotSupported => $"The file system of {directory} can't do this: create the segment without the option.",
        Errno.Invalid => "Check the name and the length.",
        _ => "See the system's manual page of the operation.",
    };

    private static bool IsShared(string directory) => directory == SegmentPath.SharedMemory;

    private static string Permissions(string directory) =>
        IsShared(directory) ? "mode 1777, mounted writable" : "writable for this user, mounted writable";
}
