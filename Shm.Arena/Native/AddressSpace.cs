using System.Runtime.InteropServices;
using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena.Native;

/// <summary>Reserves ranges of addresses and moves mappings into them.</summary>
internal static unsafe partial class AddressSpace
{
    private const int MayMove = 1, MoveFixed = 2;

    /// <summary>Reserves an aligned address range, so that no other mapping takes it. An access to the range raises SIGSEGV.</summary>
    /// <exception cref="ShmException">The address space has no free range of this size.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    internal static nint Reserve(long byteCount, long alignment)
    {
        Platform.Require();
        var start = LibC.Map(0, (nuint)(byteCount + alignment), LibC.ProtectNone,
            LibC.MapPrivate | LibC.MapAnonymous | LibC.MapNoReserve, -1, 0);
        if (start == LibC.MapFailed)
        {
            ShmException.ThrowLastError("mmap", $"{byteCount} bytes of address space");
        }

        var aligned = (start + (nint)alignment - 1) & (nint)(-alignment);
        Release(start, aligned - start);
        Release(aligned + (nint)byteCount, start + (nint)alignment - aligned);
        return aligned;
    }

    internal static void Release(nint start, long byteCount)
    {
        if (byteCount > 0)
        {
            LibC.Unmap(start, (nuint)byteCount);
        }
    }

    /// <summary>Moves a mapping to another address. The mapping replaces the reservation there.</summary>
    /// <returns>False if the system refused. The mapping then keeps its address.</returns>
    internal static bool TryMove(nint from, long byteCount, nint to) =>
        Remap(from, (nuint)byteCount, (nuint)byteCount, MayMove | MoveFixed, to) == to;

    [LibraryImport("libc", EntryPoint = "mremap", SetLastError = true)]
    private static partial nint Remap(nint from, nuint oldByteCount, nuint newByteCount, int flags, nint to);
}
