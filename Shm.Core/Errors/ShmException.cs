using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Shared memory could not do what was asked. The message says what failed, on what, why, and what to do.</summary>
public sealed class ShmException : Exception
{
    /// <summary>Creates an error without details.</summary>
    public ShmException() : this("Shared memory failed.") { }

    /// <summary>Creates an error with a message alone.</summary>
    public ShmException(string message) : this(message, null) { }

    /// <summary>Creates an error with a message and a cause.</summary>
    public ShmException(string message, Exception? innerException) : base(message, innerException)
    {
        Operation = ObjectName = ErrnoName = Remedy = "";
    }

    private ShmException(string operation, string objectName, int errno, string reason, string remedy)
        : base($"{operation}({objectName}) failed: {reason}. {remedy}")
    {
        Operation = operation;
        ObjectName = objectName;
        ErrnoNumber = errno;
        ErrnoName = errno == 0 ? "" : Errno.NameOf(errno);
        Remedy = remedy;
    }

    /// <summary>What was attempted, e.g. <c>shm_open</c>.</summary>
    public string Operation { get; }

    /// <summary>What it was attempted on: a segment's name or a block.</summary>
    public string ObjectName { get; }

    /// <summary>The error's name, e.g. <c>ENOSPC</c>; empty if the system was not involved.</summary>
    public string ErrnoName { get; }

    /// <summary>The error's number; 0 if the system was not involved.</summary>
    public int ErrnoNumber { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    /// <summary>Whether the reason is a lack of memory or space (ENOMEM, ENOSPC, EDQUOT, a full allocator), which freeing can cure.</summary>
    public bool IsOutOfMemory { get; private init; }

    /// <summary>Throws for the calling thread's last system error.</summary>
    [DoesNotReturn]
    internal static void ThrowLastError(string operation, string objectName, string? directory = null) =>
        ThrowErrno(operation, objectName, Marshal.GetLastPInvokeError(), directory);

    [DoesNotReturn]
    internal static void ThrowErrno(string operation, string objectName, int errno) =>
        ThrowErrno(operation, objectName, errno, null);

    /// <summary>Throws for an error number; the directory is null for /dev/shm.</summary>
    [DoesNotReturn]
    internal static void ThrowErrno(string operation, string objectName, int errno, string? directory) =>
        throw new ShmException(operation, objectName, errno,
            $"{Errno.NameOf(errno)} ({errno}), {Marshal.GetPInvokeErrorMessage(errno)}",
            Remedies.For(errno, directory ?? SegmentPath.SharedMemory))
        {
            IsOutOfMemory = errno is Errno.NoMemory or Errno.NoSpace or Errno.QuotaExceeded,
        };

    /// <summary>Throws for a mistake that the system had no part in.</summary>
    [DoesNotReturn]
    public static void Throw(string operation, string objectName, string reason, string remedy) =>
        throw new ShmException(operation, objectName, 0, reason, remedy);

    /// <summary>Throws because a block is not, or no longer, a live block of the allocator.</summary>
    [DoesNotReturn]
    public static void ThrowNotLive(string operation, ShmBlock block) =>
        Throw(operation, $"segment {block.SegmentId}, offset {block.Offset}, generation {block.Generation}",
            "this is not a live block of this allocator", "It was freed before, belongs elsewhere, or was made up.");

    /// <summary>Throws because an allocator has no room for a block.</summary>
    [DoesNotReturn]
    public static void ThrowOutOfMemory(string objectName, long byteCount, string state) =>
        throw new ShmException("allocate", objectName, 0, $"no room for {byteCount} bytes ({state})",
            "Free blocks or create the allocator with more capacity.")
        { IsOutOfMemory = true };
}
