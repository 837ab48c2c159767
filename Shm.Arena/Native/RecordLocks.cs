using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Shm.Arena.Native;

/// <summary>
/// Open-file-description locks on single bytes (fcntl(2), Linux 3.15). The kernel drops a lock when the last descriptor of its
/// open file is closed. The last descriptor is closed, at the latest, when the process has exited and none of its threads runs
/// any more, unless a process that was forked from it has inherited the descriptor. The locks do not depend on process ids or
/// their namespaces.
/// </summary>
internal static unsafe partial class RecordLocks
{
    // These numbers are the same on x64 and arm64.
    private const int GetLock = 36, SetLock = 37;
    private const short WriteLock = 1, Unlocked = 2;

    /// <summary>Tries to lock a byte, without waiting.</summary>
    /// <returns>0, or the error number: EAGAIN or EACCES if another open file holds the lock on the byte.</returns>
    internal static int TryAcquire(SafeFileHandle file, long offset)
    {
        FileLock request = new() { Type = WriteLock, Start = offset, ByteCount = 1 };
        return Control(file, SetLock, &request) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Unlocks a byte that this open file has locked.</summary>
    internal static void Release(SafeFileHandle file, long offset)
    {
        FileLock request = new() { Type = Unlocked, Start = offset, ByteCount = 1 };
        _ = Control(file, SetLock, &request);
    }

    /// <summary>Returns true if another open file holds the lock on the byte, or if the system call fails.</summary>
    internal static bool IsHeldElsewhere(SafeFileHandle file, long offset)
    {
        FileLock request = new() { Type = WriteLock, Start = offset, ByteCount = 1 };
        return Control(file, GetLock, &request) != 0 || request.Type != Unlocked;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, FileLock* request);

    /// <summary>Kernel's <c>struct flock</c> on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    private struct FileLock
    {
        [FieldOffset(0)] internal short Type;
        [FieldOffset(8)] internal long Start;
        [FieldOffset(16)] internal long ByteCount;

        /// <summary>Process id, which must be 0 for open-file-description locks.</summary>
        [FieldOffset(24)] internal int ProcessId;
    }
}
