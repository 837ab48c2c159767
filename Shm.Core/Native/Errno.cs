namespace Shm.Core.Native;

/// <summary>Linux error numbers (the same on x64 and arm64) and their names.</summary>
internal static class Errno
{
    internal const int PermissionDenied = 1, NoEntry = 2, NoProcess = 3, Interrupted = 4, BadDescriptor = 9, TryAgain = 11;
    internal const int NoMemory = 12, Access = 13, BadAddress = 14, Exists = 17, NotADirectory = 20, IsADirectory = 21;
    internal const int Invalid = 22, FileTableFull = 23, TooManyFiles = 24, FileTooBig = 27, NoSpace = 28;
    internal const int ReadOnlyFileSystem = 30, NameTooLong = 36, NoSystemCall = 38, TooManyLinks = 40, Overflow = 75, NotSupported = 95;
    internal const int QuotaExceeded = 122;

    /// <summary>Returns the symbolic name of an error number.</summary>
    internal static string NameOf(int number) => number switch
    {
        PermissionDenied => "EPERM",
        NoEntry => "ENOENT",
        NoProcess => "ESRCH",
        Interrupted => "EINTR",
        5 => "EIO",
        BadDescriptor => "EBADF",
        TryAgain => "EAGAIN",
        NoMemory => "ENOMEM",
        Access => "EACCES",
        BadAddress => "EFAULT",
        16 => "EBUSY",
        Exists => "EEXIST",
        19 => "ENODEV",
        NotADirectory => "ENOTDIR",
        IsADirectory => "EISDIR",
        Invalid => "EINVAL",
        FileTableFull => "ENFILE",
        TooManyFiles => "EMFILE",
        26 => "ETXTBSY",
        FileTooBig => "EFBIG",
        NoSpace => "ENOSPC",
        ReadOnlyFileSystem => "EROFS",
        NameTooLong => "ENAMETOOLONG",
        NoSystemCall => "ENOSYS",
        TooManyLinks => "ELOOP",
        Overflow => "EOVERFLOW",
        NotSupported => "EOPNOTSUPP",
        QuotaExceeded => "EDQUOT",
        _ => $"errno {number}",
    };
}
