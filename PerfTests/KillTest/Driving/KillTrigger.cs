using Shm.Arena;

namespace PerfTests.KillTest.Driving;

/// <summary>Action of the conductor that brings a worker to a crash window.</summary>
internal enum KillTrigger
{
    /// <summary>Lets the worker perform random operations.</summary>
    Work,

    /// <summary>Lets the worker perform random operations while the arena is new.</summary>
    EarlyWork,

    /// <summary>Starts the worker, which attaches to the arena.</summary>
    Attach,

    /// <summary>Kills another worker, and lets this worker recover.</summary>
    Recover,

    /// <summary>Kills a worker that holds the supply lock, and lets this worker be the first to need the lock.</summary>
    TakeOver,

    /// <summary>Lets the worker run out of memory while some of its heaps are idle.</summary>
    RunOut,
}

/// <summary>Lists the crash windows, each with its trigger.</summary>
internal static class KillTriggers
{
    /// <summary>Gets every crash window.</summary>
    internal static CrashWindow[] Windows { get; } = [.. Enum.GetValues<CrashWindow>().Where(window => window != CrashWindow.None)];

    /// <summary>Returns the trigger of a window.</summary>
    internal static KillTrigger Of(CrashWindow window) => window switch
    {
        CrashWindow.CreateSlabPartLimitRaised => KillTrigger.EarlyWork,

        CrashWindow.SupplyLockTakenOver or CrashWindow.RebuildBitmapsCleared or CrashWindow.RebuildPagesMarked => KillTrigger.TakeOver,

        CrashWindow.OpenHeapSlotCounted or CrashWindow.OpenHeapSlotOwned or CrashWindow.AttachIncarnationWritten
            or CrashWindow.AttachTokenWritten => KillTrigger.Attach,

        CrashWindow.SeizeOwnerMarked or CrashWindow.SeizeOwnerWritten or CrashWindow.SeizeFreeBitsWritten or CrashWindow.SeizeListed
            => KillTrigger.RunOut,

        CrashWindow.RecoverSlabStateRead or CrashWindow.AdoptOwnerWritten or CrashWindow.AdoptFreeBitsWritten
            or CrashWindow.AdoptListed or CrashWindow.RecoverHolderCleared or CrashWindow.RecoverNotRecorded
            or CrashWindow.RecoverTokenCleared or CrashWindow.RecoverNothingReleased => KillTrigger.Recover,

        _ => KillTrigger.Work,
    };
}
