using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// List of the segments that this process created and has not disposed. Their names are removed when the process exits: on
/// return from Main, on an unhandled exception, and on SIGINT, SIGTERM, SIGHUP or SIGQUIT. After the names are removed, the
/// signal has its default effect.
/// </summary>
// The segments themselves are the nodes of the list, so that tracking a segment allocates no object.
internal static class OwnedSegments
{
    private const int ExitMilliseconds = 2000;
    private const PosixSignal FileSizeSignal = (PosixSignal)LibC.FileSizeSignal;
    private static readonly Lock Gate = new();
    private static readonly PosixSignalRegistration[] Signals = RegisterHandlers();
    private static ShmSegment? s_first;
    private static int s_inCreation;
    private static long s_exitDeadlineMilliseconds;

    /// <summary>True for two seconds after a clean-up has begun. The caller holds the lock.</summary>
    private static bool IsExiting => s_exitDeadlineMilliseconds > 0 && Environment.TickCount64 < s_exitDeadlineMilliseconds;

    /// <summary>
    /// Registers that a segment is being created, before the first system call. Waits while the process is exiting: a name that
    /// is created between the clean-up and the exit would never be removed. The wait ends after two seconds, since another
    /// handler may have cancelled the signal.
    /// </summary>
    internal static void Begin()
    {
        while (true)
        {
            lock (Gate)
            {
                if (!IsExiting)
                {
                    s_inCreation++;
                    return;
                }
            }

            Thread.Sleep(10);
        }
    }

    /// <summary>
    /// Ends a creation that <see cref="Begin"/> registered, and adds the segment to the list. Call this as soon as the segment is
    /// mapped.
    /// </summary>
    /// <param name="created">The mapped segment, or null if creation failed.</param>
    internal static void End(ShmSegment? created)
    {
        lock (Gate)
        {
            s_inCreation--;
            if (created is not null)
            {
                created.NextOwned = s_first;
                if (s_first is not null)
                {
                    s_first.PreviousOwned = created;
                }

                s_first = created;
                if (IsExiting)
                {
                    // The clean-up has stopped waiting for this creation and has already removed the other names.
                    created.TryUnlink();
                }
            }
        }
    }

    /// <summary>Removes a segment from the list.</summary>
    internal static void Remove(ShmSegment segment)
    {
        lock (Gate)
        {
            if (segment.PreviousOwned is not null)
            {
                segment.PreviousOwned.NextOwned = segment.NextOwned;
            }
            else if (s_first == segment)
            {
                s_first = segment.NextOwned;
            }

            if (segment.NextOwned is not null)
            {
                segment.NextOwned.PreviousOwned = segment.PreviousOwned;
            }

            segment.NextOwned = segment.PreviousOwned = null;
        }
    }

    /// <summary>Removes the names of all segments. Keeps the mappings, which other threads may still be using.</summary>
    private static void UnlinkAll()
    {
        lock (Gate)
        {
            s_exitDeadlineMilliseconds = Environment.TickCount64 + ExitMilliseconds;
        }

        // Creating and mapping a segment takes microseconds. Reserving and prefaulting its pages takes longer, but the segment is
        // listed before that. The wait is limited to about 100 ms, since a call that hangs must not keep the process from exiting.
        for (var attempt = 0; attempt < 100 && Volatile.Read(ref s_inCreation) > 0; attempt++)
        {
            Thread.Sleep(1);
        }

        lock (Gate)
        {
            for (var segment = s_first; segment is not null; segment = segment.NextOwned)
            {
                segment.TryUnlink();
            }
        }
    }

    private static PosixSignalRegistration[] RegisterHandlers()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => UnlinkAll();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => UnlinkAll();
        PosixSignal[] ending = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        return
        [
            .. ending.Where(signal => !IgnoredSignals.Contains(signal))
                .Select(signal => PosixSignalRegistration.Create(signal, OnSignal)),
            PosixSignalRegistration.Create(FileSizeSignal, OnFileSizeSignal),
        ];
    }

    /// <summary>Cancels SIGXFSZ: ftruncate beyond the limit of the file size fails with EFBIG and does not end the process.</summary>
    private static void OnFileSizeSignal(PosixSignalContext context) => context.Cancel = true;

    private static void OnSignal(PosixSignalContext context)
    {
        // If another handler has cancelled the signal, the process goes on and needs its segments.
        if (!context.Cancel)
        {
            UnlinkAll();
        }

        GC.KeepAlive(Signals);
    }
}
