using System.Runtime.InteropServices;

namespace Shm.Core.Native;

/// <summary>
/// Functions of the C library, each of which makes one system call. Methods return what the C function returns; callers handle
/// failures.
/// </summary>
internal static unsafe partial class LibC
{
    internal const int ReadOnly = 0, ReadWrite = 2, Create = 0x40, Exclusive = 0x80, NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000, PathOnly = 0x200000;
    internal const int OwnerReadWrite = 0x180, StickyBit = 0x200; // 0600, 01000
    internal const int DuplicateClosedOnExec = 1030, SetSignal = 10, SetLease = 1024, ReadLease = 0;
    internal const int LockExclusive = 2, LockNonBlocking = 4;
    internal const int UrgentSignal = 23, FileSizeSignal = 25, FileSizeLimit = 1;
    internal const int ProtectNone = 0, ProtectRead = 1, ProtectWrite = 2;
    internal const int MapShared = 1, MapPrivate = 2, MapFixed = 0x10, MapAnonymous = 0x20, MapNoReserve = 0x4000;
    internal const int AdviseHugePage = 14, AdvisePopulateRead = 22, AdvisePopulateWrite = 23;
    internal const int CurrentDirectory = -100, NoFollowAt = 0x100;
    internal static readonly nint MapFailed = -1;

    /// <summary>O_NOFOLLOW and O_DIRECTORY, whose values differ on arm64.</summary>
    internal static readonly int NoFollow = IsArm64 ? 0x8000 : 0x20000, Directory = IsArm64 ? 0x4000 : 0x10000;

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // The calls that create and free a segment read errno only after a failure. SetLastError would clear and read errno at each
    // call, and the tests compare the time of creation with that of the same calls from C. In glibc and musl, shm_open itself
    // adds O_CLOEXEC and O_NOFOLLOW.
    internal static int ShmOpen(byte* name, int flags, uint mode) => SaveErrno(ShmOpenCall(name, flags, mode));

    internal static int ShmUnlink(byte* name) => SaveErrno(ShmUnlinkCall(name));

    internal static int OpenAt(int directory, byte* name, int flags, uint mode) => SaveErrno(OpenAtCall(directory, name, flags, mode));

    internal static int UnlinkAt(int directory, byte* name) => SaveErrno(UnlinkAtCall(directory, name, 0));

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    internal static partial int Open(byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true)]
    internal static partial int Unlink(byte* path);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    internal static partial int Allocate(int descriptor, int mode, long offset, long byteCount);

    [LibraryImport("libc", EntryPoint = "fstatfs", SetLastError = true)]
    internal static partial int FileSystemStatus(int descriptor, FileSystemStatus* status);

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true)]
    internal static partial int FileSystemStatusOf(byte* path, FileSystemStatus* status);

    /// <summary>Reads a limit of this process: two words, the soft and the hard limit.</summary>
    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    internal static partial int ReadLimit(int resource, ulong* limits);

    internal static int Truncate(int descriptor, long byteCount) => SaveErrno(TruncateCall(descriptor, byteCount));

    internal static nint Map(nint hint, nuint byteCount, int protection, int flags, int descriptor, long offset) =>
        SaveErrno(MapCall(hint, byteCount, protection, flags, descriptor, offset));

    internal static int Unmap(nint address, nuint byteCount) => SaveErrno(UnmapCall(address, byteCount));

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    internal static partial int Advise(nint address, nuint byteCount, int advice);

    internal static int Close(int descriptor) => SaveErrno(CloseCall(descriptor));

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    internal static partial int FileStatus(int descriptor, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "fstatat", SetLastError = true)]
    internal static partial int StatusAt(int directory, byte* path, FileStatus* status, int flags);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true)]
    internal static partial int LinkStatus(byte* path, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int LockFile(int descriptor, int operation);

    /// <summary>
    /// Returns the id of this process. <see cref="Environment.ProcessId"/> is stored by the runtime, so a forked process would
    /// get the id of its parent.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "getpid")]
    internal static partial int ProcessId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUserId();

    /// <summary>
    /// Copies bytes between ranges that do not overlap. The call is as cheap as one from C: the garbage collector waits for its
    /// end, so the range must be short.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "memcpy")]
    [SuppressGCTransition]
    internal static partial void* CopyShort(void* destination, void* source, nuint byteCount);

    // The runtime preserves errno between the return of the call and this method.
    private static int SaveErrno(int result) => (int)SaveErrno((nint)result);

    private static nint SaveErrno(nint result)
    {
        if (result == -1)
        {
            Marshal.SetLastPInvokeError(Marshal.GetLastSystemError());
        }

        return result;
    }

    [LibraryImport("libc", EntryPoint = "shm_open")]
    private static partial int ShmOpenCall(byte* name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "shm_unlink")]
    private static partial int ShmUnlinkCall(byte* name);

    [LibraryImport("libc", EntryPoint = "openat")]
    private static partial int OpenAtCall(int directory, byte* name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "unlinkat")]
    private static partial int UnlinkAtCall(int directory, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    private static partial int TruncateCall(int descriptor, long byteCount);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MapCall(nint hint, nuint byteCount, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int UnmapCall(nint address, nuint byteCount);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseCall(int descriptor);
}
