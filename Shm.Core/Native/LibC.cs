using System.Runtime.InteropServices;

namespace Shm.Core.Native;

/// <summary>The system calls this library makes, one to one. Callers decide what a failure means.</summary>
internal static unsafe partial class LibC
{
    internal const int ReadOnly = 0, ReadWrite = 2, Create = 0x40, Exclusive = 0x80, NonBlocking = 0x800, CloseOnExec = 0x80000;
    internal const int OwnerReadWrite = 0x180; // 0600
    internal const int ProtectNone = 0, ProtectRead = 1, ProtectWrite = 2;
    internal const int MapShared = 1, MapPrivate = 2, MapFixed = 0x10, MapAnonymous = 0x20, MapNoReserve = 0x4000;
    internal const int AdviseHugePage = 14, AdvisePopulateRead = 22, AdvisePopulateWrite = 23;
    internal static readonly nint MapFailed = -1;

    /// <summary>O_NOFOLLOW, whose number is not the same on arm64.</summary>
    internal static readonly int NoFollow = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    // glibc and musl both add O_CLOEXEC and O_NOFOLLOW in shm_open, so neither stands here.
    [LibraryImport("libc", EntryPoint = "shm_open", SetLastError = true)]
    internal static partial int ShmOpen(byte* name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "shm_unlink", SetLastError = true)]
    internal static partial int ShmUnlink(byte* name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    internal static partial int Open(byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true)]
    internal static partial int Unlink(byte* path);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    internal static partial int Allocate(int descriptor, int mode, long offset, long byteCount);

    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    internal static partial int FileSystemStatus(int descriptor, FileSystemStatus* status);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int Truncate(int descriptor, long byteCount);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint hint, nuint byteCount, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint byteCount);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    internal static partial int Advise(nint address, nuint byteCount, int advice);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    internal static partial int FileStatus(int descriptor, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true)]
    internal static partial int LinkStatus(byte* path, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUserId();
}
