using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Failure of a shared-memory operation. The message says what failed, on what, why, and what to do.</summary>
public sealed class ShmException : Exception
{
    /// <summary>Creates an exception without details.</summary>
    public ShmException() : this("A shared-memory operation failed.") { }

    /// <summary>Creates an exception with a message.</summary>
    public ShmException(string message) : this(message, null) { }

    /// <summary>Creates an exception with a message and a cause.</summary>
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

    /// <summary>Name of the failed system call or operation, e.g. <c>openat</c> or <c>free</c>.</summary>
    public string Operation { get; }

    /// <summary>Object on which the operation failed: a segment name, a path or a block.</summary>
    public string ObjectName { get; }

    /// <summary>Name of the error number, e.g. <c>ENOSPC</c>; empty if no system call failed.</summary>
    public string ErrnoName { get; }

    /// <summary>Error number of the failed system call; 0 if no system call failed.</summary>
    public int ErrnoNumber { get; }

    /// <summary>Advice that says what the user can do.</summary>
    public string Remedy { get; }

    /// <summary>
    /// True if memory or space was short (ENOMEM, ENOSPC, EDQUOT, a full allocator), so that freeing memory or blocks can help.
    /// </summary>
    public bool IsOutOfMemory { get; private init; }

    /// <summary>Throws an exception for the last failed system call of this thread.</summary>
    [DoesNotReturn]
    internal static void ThrowLastError(string operation, string objectName, string? directory = null) =>
        ThrowErrno(operation, objectName, Marshal.GetLastPInvokeError(), directory);

    /// <summary>Throws an exception for the error number of a failed call on a segment in /dev/shm.</summary>
    [DoesNotReturn]
    internal static void ThrowErrno(string operation, string objectName, int errno) =>
        ThrowErrno(operation, objectName, errno, null);

    /// <summary>Throws an exception for the error number of a failed call.</summary>
    /// <inheritdoc cref="ForErrno"/>
    [DoesNotReturn]
    internal static void ThrowErrno(string operation, string objectName, int errno, string? directory, string? remedy = null) =>
        throw ForErrno(operation, objectName, errno, directory, remedy);

    /// <summary>
    /// Creates an exception for the error number of a failed call on a segment in the given directory; null means /dev/shm.
    /// </summary>
    /// <param name="operation">Name of the failed call.</param>
    /// <param name="objectName">Name or path of the segment.</param>
    /// <param name="errno">Error number.</param>
    /// <param name="directory">Directory of the segment; null means /dev/shm.</param>
    /// <param name="remedy">Advice; null takes the advice for the error number.</param>
    internal static ShmException ForErrno(string operation, string objectName, int errno, string? directory, string? remedy = null) =>
        new(operation, objectName, errno,
            $"{Errno.NameOf(errno)} ({errno}), {Marshal.GetPInvokeErrorMessage(errno)}",
            remedy ?? Remedies.For(operation, errno, directory ?? Platform.SharedMemory))
        {
            IsOutOfMemory = errno is Errno.NoMemory or Errno.NoSpace or Errno.QuotaExceeded,
        };

    /// <summary>Throws an exception for a failure without an error number.</summary>
    [DoesNotReturn]
    internal static void Throw(string operation, string objectName, string reason, string remedy) =>
        throw new ShmException(operation, objectName, 0, reason, remedy);

    /// <summary>Throws because a handle does not denote a live block of the allocator.</summary>
    [DoesNotReturn]
    internal static void ThrowNotLive(string operation, ShmBlock block) =>
        Throw(operation, NameOf(block),
            "this is not a live block of this allocator: it was freed before, belongs to another allocator, or its handle was changed",
            "Free each block once, and pass its handle unchanged.");

    /// <summary>Returns the name of a block in messages.</summary>
    internal static string NameOf(ShmBlock block) => $"segment {block.SegmentId}, offset {block.Offset}, generation {block.Generation}";

    /// <summary>Throws because an allocator has no free range for a block, or because the file system is full.</summary>
    [DoesNotReturn]
    internal static void ThrowOutOfMemory(
        string objectName, long byteCount, string state,
        string remedy = "Free some blocks, or create the allocator with more capacity.") =>
        throw new ShmException("allocate", objectName, 0, $"no room for {byteCount} bytes ({state})", remedy) { IsOutOfMemory = true };
}
