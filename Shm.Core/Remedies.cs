using Shm.Core.Native;

namespace Shm.Core;

/// <summary>What a user can do about an error number, in one sentence.</summary>
internal static class Remedies
{
    internal static string For(int errno) => errno switch
    {
        Errno.Access or Errno.PermissionDenied or Errno.ReadOnlyFileSystem =>
            "Check the permissions of /dev/shm (mode 1777, mounted writable) and that the object belongs to this user.",
        Errno.NoSpace =>
            "Enlarge /dev/shm (mount -o remount,size=...; --shm-size for a container) or remove stale segments.",
        Errno.FileTooBig or Errno.Overflow => "Ask for fewer bytes: the file system does not hold files of this length.",
        Errno.TooManyFiles or Errno.FileTableFull =>
            "Raise the limit of open files (ulimit -n, fs.file-max) or dispose segments earlier.",
        Errno.NameTooLong => "Use a name of at most 254 bytes.",
        Errno.NoEntry => "Check that the owner has created the object, has not disposed it, and shares this /dev/shm.",
        Errno.Exists => "Choose another name, or remove the object if its owner is dead.",
        Errno.NoMemory => "Free memory, or raise vm.max_map_count or the limit of address space (ulimit -v).",
        Errno.TooManyLinks => "The object is a symbolic link, which is never followed; remove it.",
        Errno.Invalid => "Check the name and the length.",
        _ => "See the system's manual page of the operation.",
    };
}
