using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// The steps that make and unmake a segment, each exactly one system call, so that each can be timed alone.
/// Names are "/name\0" in UTF-8. Results are as the system gives them: -1 is a failure.
/// </summary>
internal static unsafe class SegmentCalls
{
    internal static int OpenExclusive(ReadOnlySpan<byte> name) =>
        Open(name, LibC.Create | LibC.Exclusive | LibC.ReadWrite);

    internal static int OpenExisting(ReadOnlySpan<byte> name, bool readOnly) =>
        Open(name, readOnly ? LibC.ReadOnly : LibC.ReadWrite);

    internal static int Truncate(int descriptor, long byteCount) => LibC.Truncate(descriptor, byteCount);

    // No reservation of swap: a sparse arena of a terabyte must map on a machine with less memory.
    internal static nint Map(int descriptor, long byteCount, bool readOnly) =>
        LibC.Map(0, (nuint)byteCount, LibC.ProtectRead | (readOnly ? 0 : LibC.ProtectWrite),
            LibC.MapShared | LibC.MapNoReserve, descriptor, 0);

    internal static int Close(int descriptor) => LibC.Close(descriptor);

    internal static int Unmap(nint address, long byteCount) => LibC.Unmap(address, (nuint)byteCount);

    internal static int Unlink(ReadOnlySpan<byte> name)
    {
        fixed (byte* text = name)
        {
            return LibC.ShmUnlink(text);
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
            return LibC.ShmOpen(text, flags, LibC.OwnerReadWrite);
        }
    }
}
