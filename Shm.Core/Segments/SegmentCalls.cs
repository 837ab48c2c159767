using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Steps of creating and freeing a segment. Each step is one system call, so that it can be measured alone. Names are "/name\0"
/// in UTF-8. Methods return what the system call returns: -1 means failure.
/// </summary>
internal static unsafe class SegmentCalls
{
    /// <summary>
    /// Flags that shm_open adds by itself. With these flags, programs that this process starts do not inherit the descriptor,
    /// and symbolic links are not followed.
    /// </summary>
    private static int ShmOpenFlags => LibC.CloseOnExec | LibC.NoFollow;

    /// <summary>
    /// Mode of a new file: only this user may read and write it. The sticky bit has no effect on a file. It marks the file as
    /// created by this library, so that <see cref="StaleSegments"/> never considers files of other programs.
    /// </summary>
    private const uint CreationMode = LibC.OwnerReadWrite | LibC.StickyBit;

    /// <summary>Name of the call that opens or creates a segment in /dev/shm, for messages.</summary>
    internal static string OpenCall => SharedMemoryDirectory.WasUnusable ? "shm_open" : "openat";

    internal static int OpenExclusive(ReadOnlySpan<byte> name) =>
        Open(name, LibC.Create | LibC.Exclusive | LibC.ReadWrite);

    // Without O_NONBLOCK, opening a named pipe could wait for another process. The caller rejects everything but regular files
    // afterwards.
    internal static int OpenExisting(ReadOnlySpan<byte> name, bool readOnly) =>
        Open(name, LibC.NonBlocking | (readOnly ? LibC.ReadOnly : LibC.ReadWrite));

    internal static int OpenFileExclusive(ReadOnlySpan<byte> path) =>
        OpenFile(path, LibC.Create | LibC.Exclusive | LibC.ReadWrite);

    internal static int OpenFileExisting(ReadOnlySpan<byte> path, bool readOnly) =>
        OpenFile(path, LibC.NonBlocking | (readOnly ? LibC.ReadOnly : LibC.ReadWrite));

    internal static int Truncate(int descriptor, long byteCount) => LibC.Truncate(descriptor, byteCount);

    // With MAP_NORESERVE, a machine can map a sparse arena that is larger than its memory.
    internal static nint Map(int descriptor, long byteCount, bool readOnly) =>
        LibC.Map(0, (nuint)byteCount, LibC.ProtectRead | (readOnly ? 0 : LibC.ProtectWrite),
            LibC.MapShared | LibC.MapNoReserve, descriptor, 0);

    /// <summary>
    /// Maps a segment and reserves its huge pages. Fails if there are too few huge pages. If <see cref="Map"/> is called
    /// instead, an access to a missing page raises SIGBUS.
    /// </summary>
    internal static nint MapAccounted(int descriptor, long byteCount, bool readOnly) =>
        LibC.Map(0, (nuint)byteCount, LibC.ProtectRead | (readOnly ? 0 : LibC.ProtectWrite), LibC.MapShared, descriptor, 0);

    internal static int Close(int descriptor) => LibC.Close(descriptor);

    internal static int Unmap(nint address, long byteCount) => LibC.Unmap(address, (nuint)byteCount);

    /// <summary>
    /// Replaces a mapping by an inaccessible reservation in one call, so that no other mapping can get the addresses in
    /// between.
    /// </summary>
    internal static void UnmapKeepingReservation(nint address, long byteCount) => LibC.Map(
        address, (nuint)byteCount, LibC.ProtectNone, LibC.MapPrivate | LibC.MapAnonymous | LibC.MapFixed | LibC.MapNoReserve, -1, 0);

    internal static int Unlink(ReadOnlySpan<byte> name)
    {
        fixed (byte* text = name)
        {
            var result = LibC.UnlinkAt(SharedMemoryDirectory.Descriptor, text + 1);
            return result < 0 && SharedMemoryDirectory.IsUnusable(LastError) ? LibC.ShmUnlink(text) : result;
        }
    }

    internal static int UnlinkFile(ReadOnlySpan<byte> path)
    {
        fixed (byte* text = path)
        {
            return LibC.Unlink(text);
        }
    }

    internal static int Allocate(int descriptor, long offset, long byteCount) =>
        LibC.Allocate(descriptor, 0, offset, byteCount);

    internal static int Advise(nint address, long byteCount, int advice) => LibC.Advise(address, (nuint)byteCount, advice);

    internal static bool TryGetFileSystem(int descriptor, out FileSystemStatus status)
    {
        fixed (FileSystemStatus* target = &status)
        {
            return LibC.FileSystemStatus(descriptor, target) == 0;
        }
    }

    internal static bool TryGetStatus(int descriptor, out FileStatus status)
    {
        fixed (FileStatus* target = &status)
        {
            return LibC.FileStatus(descriptor, target) == 0;
        }
    }

    /// <summary>Reads the status of the file that has a name in /dev/shm. Does not follow a symbolic link.</summary>
    internal static bool TryGetStatusOf(ReadOnlySpan<byte> name, out FileStatus status)
    {
        fixed (byte* text = name)
        fixed (FileStatus* target = &status)
        {
            if (LibC.StatusAt(SharedMemoryDirectory.Descriptor, text + 1, target, LibC.NoFollowAt) == 0)
            {
                return true;
            }
        }

        return SharedMemoryDirectory.IsUnusable(LastError)
            && TryGetStatusOfFile([.. "/dev/shm"u8, .. name[..(name.IndexOf((byte)0) + 1)]], out status);
    }

    /// <summary>Reads the status of the file that has a path. Does not follow a symbolic link.</summary>
    internal static bool TryGetStatusOfFile(ReadOnlySpan<byte> path, out FileStatus status)
    {
        fixed (byte* text = path)
        fixed (FileStatus* target = &status)
        {
            return LibC.LinkStatus(text, target) == 0;
        }
    }

    internal static int LastError => Marshal.GetLastPInvokeError();

    private static int Open(ReadOnlySpan<byte> name, int flags)
    {
        fixed (byte* text = name)
        {
            var result = LibC.OpenAt(SharedMemoryDirectory.Descriptor, text + 1, flags | ShmOpenFlags, CreationMode);
            return result < 0 && SharedMemoryDirectory.IsUnusable(LastError)
                ? LibC.ShmOpen(text, flags, CreationMode)
                : result;
        }
    }

    private static int OpenFile(ReadOnlySpan<byte> path, int flags)
    {
        fixed (byte* text = path)
        {
            return LibC.Open(text, flags | ShmOpenFlags, CreationMode);
        }
    }
}
