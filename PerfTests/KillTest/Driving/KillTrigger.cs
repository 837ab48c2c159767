using Shm.Arena;

namespace PerfTests.KillTest.Driving;

/// <summary>What the conductor does to bring a worker to a crash window.</summary>
internal enum KillTrigger
{
    /// <summary>Lets it work at random.</summary>
    Work,

    /// <summary>Lets it work at random while the arena is new.</summary>
    EarlyWork,

    /// <summary>Starts it, so that it attaches.</summary>
    Attach,

    /// <summary>Kills another worker, and lets this one recover.</summary>
    Recover,

    /// <summary>Kills the holder of the supply lock, and lets this one be the first that needs the lock.</summary>
    TakeOver,

    /// <summary>Lets it run out of memory while heaps are idle.</summary>
    RunOut,
}

/// <summary>The crash windows, and what brings a worker to them.</summary>
internal static class KillTriggers
{
    /// <summary>Gets every crash window.</summary>
    internal static CrashWindow[] Windows { get; } = [.. Enum.GetValues<CrashWindow>().Where(window => window != CrashWindow.None)];

    /// <summary>Returns what brings a worker to a window.</summary>
    internal static KillTrigger Of(CrashWindow window) => window switch
    {
        CrashWindow.CreateSlabPartLimitRaised => KillTrigger.EarlyWork,

        CrashWindow.SupplyLockTakenOver or CrashWindow.RebuildBitmapsCleared or CrashWindow.RebuildPagesMarked => KillTrigger.TakeOver,

        CrashWindow.OpenHeapSlotCounted or CrashWindow.OpenHeapSlotOwned or CrashWindow.AttachIncarnationWritten
            or CrashWindow.AttachTokenWritten => KillTrigger.Attach,

        CrashWindow.AbsorbOwnerChanged => KillTrigger.RunOut,

        CrashWindow.RecoverSlabStateRead or CrashWindow.AdoptOwnerWritten or CrashWindow.AdoptFreeBitsWritten
            or CrashWindow.AdoptListed or CrashWindow.RecoverHolderCleared or CrashWindow.RecoverNotRecorded
            or CrashWindow.RecoverTokenCleared or CrashWindow.RecoverNothingReleased => KillTrigger.Recover,

        _ => KillTrigger.Work,
    };
}
