using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Proof that no process uses a segment. The kernel grants a read lease (F_SETLEASE, fcntl(2)) only if no process has the file
/// open for writing, and a file stays open while it is mapped. The proof does not depend on process ids or namespaces, and it
/// covers processes that use other versions of this library.
/// </summary>
/// <remarks>
/// While the lease is held, no process can open the file for writing: open waits, or fails with EAGAIN if it has O_NONBLOCK.
/// The kernel ends a lease by force when a process has waited for the time in <c>/proc/sys/fs/lease-break-time</c> (45 s).
/// </remarks>
internal sealed class SegmentLease : IDisposable
{
    /// <summary>
    /// Minimum age of an empty file that is unused. Between the creation of a name and the opening of its file, both within openat,
    /// the kernel grants a lease on the file. At that time the file is empty.
    /// </summary>
    private static readonly TimeSpan s_minimumAgeOfEmptyFile = TimeSpan.FromSeconds(10);

    private readonly int _descriptor;

    private SegmentLease(int descriptor, FileStatus status) => (_descriptor, Status) = (descriptor, status);

    /// <summary>Status of the file while the lease is held.</summary>
    internal FileStatus Status { get; }

    /// <summary>Finds out whether a process uses a segment.</summary>
    /// <param name="directory">Directory of the segment, normalised; null means /dev/shm.</param>
    /// <param name="name">Name of the segment.</param>
    internal static SegmentUse Probe(string? directory, string name)
    {
        var use = TryTake(directory, name, isExclusive: false, out var lease);
        lease?.Dispose();
        return use;
    }

    /// <summary>Takes a lease on a segment of this user if no process uses the segment.</summary>
    /// <param name="directory">Directory of the segment, normalised; null means /dev/shm.</param>
    /// <param name="name">Name of the segment.</param>
    /// <param name="isExclusive">True admits one exclusive lease of the file at a time.</param>
    /// <param name="lease">The lease, or null if the method does not return <see cref="SegmentUse.Unused"/>.</param>
    internal static SegmentUse TryTake(string? directory, string name, bool isExclusive, out SegmentLease? lease)
    {
        lease = null;
        var path = SegmentPath.Encode(directory ?? Platform.SharedMemory, name);

        // Files of other programs are not opened. It could affect them: opening a named pipe lets its writer continue, and a
        // lease delays a process that opens the file.
        if (!SegmentCalls.TryGetStatusOfFile(path, out var named) || !IsSegment(name, named))
        {
            return SegmentUse.Unknown;
        }

        var descriptor = SegmentCalls.OpenFileExisting(path, readOnly: true);
        if (descriptor < 0)
        {
            return SegmentUse.Unknown;
        }

        var use = Take(descriptor, isExclusive, named.Identity, out var status);
        if (use == SegmentUse.Unused)
        {
            lease = new SegmentLease(descriptor, status);
        }
        else
        {
            SegmentCalls.Close(descriptor);
        }

        return use;
    }

    public void Dispose() => SegmentCalls.Close(_descriptor);

    private static bool IsSegment(string name, in FileStatus status) =>
        status.IsRegularFile && status.UserId == LibC.EffectiveUserId() && (status.IsSticky || SegmentName.TryParseOwner(name, out _));

    private static SegmentUse Take(int descriptor, bool isExclusive, FileIdentity expected, out FileStatus status)
    {
        status = default;

        // On other file systems, such as overlayfs, a mapping need not keep the file open that the lease is taken on.
        if (!SegmentCalls.TryGetFileSystem(descriptor, out var system) || !(system.IsTmpfs || system.IsHugetlbfs))
        {
            return SegmentUse.Unknown;
        }

        // The kernel sends a signal to the holder when another process opens the file. The default signal, SIGIO, would end this
        // process. SIGURG has no effect.
        if (LibC.Control(descriptor, LibC.SetSignal, LibC.UrgentSignal) != 0
            || LibC.Control(descriptor, LibC.SetLease, LibC.ReadLease) != 0)
        {
            return Marshal.GetLastPInvokeError() == Errno.TryAgain ? SegmentUse.InUse : SegmentUse.Unknown;
        }

        // The lock follows the lease, so that no segment in use is ever locked: .NET refuses to open a file that is locked.
        if (isExclusive && LibC.LockFile(descriptor, LibC.LockExclusive | LibC.LockNonBlocking) != 0)
        {
            return SegmentUse.InUse;
        }

        if (!SegmentCalls.TryGetStatus(descriptor, out status) || status.Identity != expected)
        {
            return SegmentUse.Unknown;
        }

        return status.ByteCount == 0 && DateTimeOffset.UtcNow - status.Changed < s_minimumAgeOfEmptyFile
            ? SegmentUse.Unknown
            : SegmentUse.Unused;
    }
}
