using System.Runtime.InteropServices;

namespace Shm.Core;

/// <summary>
/// Every segment that this process created and has not disposed. When the process ends by returning, by an
/// exception nobody catches, by Ctrl+C or by SIGTERM, their names are removed on the way out; the signal then has
/// its usual effect. A segment is a node of the list itself, so that tracking one allocates nothing.
/// </summary>
internal static class OwnedSegments
{
    private const int EndingMilliseconds = 2000;
    private static readonly Lock Gate = new();
    private static readonly PosixSignalRegistration[] Signals = Watch();
    private static ShmSegment? s_first;
    private static int s_inCreation;
    private static long s_endingUntilMilliseconds;

    /// <summary>Under the gate: whether the process is on its way out.</summary>
    private static bool IsEnding => s_endingUntilMilliseconds > 0 && Environment.TickCount64 < s_endingUntilMilliseconds;

    /// <summary>
    /// Announces a creation. While a signal is ending the process this waits: a name made after the clean-up and
    /// before death would stay for ever. Should another handler have cancelled the signal, work goes on afterwards.
    /// </summary>
    internal static void Begin()
    {
        while (true)
        {
            lock (Gate)
            {
                if (!IsEnding)
                {
                    s_inCreation++;
                    return;
                }
            }

            Thread.Sleep(10);
        }
    }

    /// <summary>Ends what <see cref="Begin"/> announced; null if nothing came of it.</summary>
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
                if (IsEnding)
                {
                    // It took longer than the clean-up waited for it; the other names are gone already.
                    created.TryUnlink();
                }
            }
        }
    }

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

    /// <summary>Removes the names; mappings stay, since other threads may still be using them.</summary>
    private static void UnlinkAll()
    {
        lock (Gate)
        {
            s_endingUntilMilliseconds = Environment.TickCount64 + EndingMilliseconds;
        }

        // Creations under way take microseconds; a stuck one must not keep the process from ending.
        for (int attempt = 0; attempt < 100 && Volatile.Read(ref s_inCreation) > 0; attempt++)
        {
            Thread.Sleep(1);
        }

        lock (Gate)
        {
            for (ShmSegment? segment = s_first; segment is not null; segment = segment.NextOwned)
            {
                segment.TryUnlink();
            }
        }
    }

    private static PosixSignalRegistration[] Watch()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => UnlinkAll();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => UnlinkAll();
        return
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
                .Where(signal => !IgnoredSignals.Holds(signal))
                .Select(signal => PosixSignalRegistration.Create(signal, OnSignal)),
        ];
    }

    private static void OnSignal(PosixSignalContext context)
    {
        // Cancelled by another handler: the process lives on and needs its segments.
        if (!context.Cancel)
        {
            UnlinkAll();
        }

        GC.KeepAlive(Signals);
    }
}
