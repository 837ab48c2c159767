using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// The steps that make and unmake a segment, each exactly one system call, so that each can be timed alone.
/// Names are "/name\0" in UTF-8. Results are as the system gives them: -1 is a failure.
/// </summary>
internal static unsafe class SegmentCalls
{
    /// <summary>As shm_open does: closed in a program that this process starts, and a symbolic link is not followed.</summary>
    private static int AsShmOpen => LibC.CloseOnExec | LibC.NoFollow;

    internal static int OpenExclusive(ReadOnlySpan<byte> name) =>
        Open(name, LibC.Create | LibC.Exclusive | LibC.ReadWrite);

    // Not blocking: a pipe that somebody put under the name would keep a reader waiting for ever. It is refused afterwards.
    internal static int OpenExisting(ReadOnlySpan<byte> name, bool readOnly) =>
        Open(name, LibC.NonBlocking | (readOnly ? LibC.ReadOnly : LibC.ReadWrite));

    internal static int OpenFileExclusive(ReadOnlySpan<byte> path) =>
        OpenFile(path, LibC.Create | LibC.Exclusive | LibC.ReadWrite);

    internal static int OpenFileExisting(ReadOnlySpan<byte> path, bool readOnly) =>
        OpenFile(path, LibC.NonBlocking | (readOnly ? LibC.ReadOnly : LibC.ReadWrite));

    internal static int Truncate(int descriptor, long byteCount) => LibC.Truncate(descriptor, byteCount);

    // No reservation of swap: a sparse arena of a terabyte must map on a machine with less memory.
    internal static nint Map(int descriptor, long byteCount, bool readOnly) =>
        LibC.Map(0, (nuint)byteCount, LibC.ProtectRead | (readOnly ? 0 : LibC.ProtectWrite),
            LibC.MapShared | LibC.MapNoReserve, descriptor, 0);

    /// <summary>As <see cref="Map"/>, but huge pages that are not there are an error now and not a SIGBUS later.</summary>
    internal static nint MapAccounted(int descriptor, long byteCount, bool readOnly) =>
        LibC.Map(0, (nuint)byteCount, LibC.ProtectRead | (readOnly ? 0 : LibC.ProtectWrite), LibC.MapShared, descriptor, 0);

    internal static int Close(int descriptor) => LibC.Close(descriptor);

    internal static int Unmap(nint address, long byteCount) => LibC.Unmap(address, (nuint)byteCount);

    /// <summary>Unmaps and leaves the addresses taken, by nothing: no other mapping can come to lie there.</summary>
    internal static void Vacate(nint address, long byteCount) => LibC.Map(address, (nuint)byteCount, LibC.ProtectNone,
        LibC.MapPrivate | LibC.MapAnonymous | LibC.MapFixed | LibC.MapNoReserve, -1, 0);

    internal static int Unlink(ReadOnlySpan<byte> name)
    {
        fixed (byte* text = name)
        {
            int result = LibC.UnlinkAt(SharedMemoryDirectory.Descriptor, text + 1);
            return result < 0 && SharedMemoryDirectory.IsLost(LastError) ? LibC.ShmUnlink(text) : result;
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

    internal static int LastError => Marshal.GetLastPInvokeError();

    private static int Open(ReadOnlySpan<byte> name, int flags)
    {
        fixed (byte* text = name)
        {
            int result = LibC.OpenAt(SharedMemoryDirectory.Descriptor, text + 1, flags | AsShmOpen, LibC.OwnerReadWrite);
            return result < 0 && SharedMemoryDirectory.IsLost(LastError) ? LibC.ShmOpen(text, flags, LibC.OwnerReadWrite) : result;
        }
    }

    private static int OpenFile(ReadOnlySpan<byte> path, int flags)
    {
        fixed (byte* text = path)
        {
            return LibC.Open(text, flags | AsShmOpen, LibC.OwnerReadWrite);
        }
    }
}
