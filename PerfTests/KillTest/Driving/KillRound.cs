using Shm.Arena;

namespace PerfTests.KillTest.Driving;

/// <summary>Describes a round: one kill or one stop, and the recovery after it.</summary>
/// <param name="Window">The crash window of the kill; None for a random moment.</param>
/// <param name="Hit">1-based hit count: the kill happens when the process has reached the window this many times.</param>
/// <param name="IsStop">True to stop the process and continue it later, instead of killing it.</param>
/// <param name="Recovery">The processes that recover afterwards.</param>
/// <param name="IsCalm">True if no process may recover or detach while the others work.</param>
internal sealed record KillRound(
    CrashWindow Window = CrashWindow.None,
    int Hit = 1,
    bool IsStop = false,
    RoundRecovery Recovery = RoundRecovery.WhileSurvivorsWait,
    bool IsCalm = false)
{
    public override string ToString()
    {
        var moment = Window == CrashWindow.None ? "at a random moment" : FormattableString.Invariant($"at {Window}, hit {Hit}");
        return $"{(IsStop ? "stopped" : "killed")} {moment}, recovery {Recovery}";
    }
}

/// <summary>The processes that recover after a kill.</summary>
internal enum RoundRecovery
{
    /// <summary>One survivor recovers while the others wait.</summary>
    WhileSurvivorsWait,

    /// <summary>One survivor recovers while the others work.</summary>
    WhileSurvivorsWork,

    /// <summary>Two survivors recover at once while the others work.</summary>
    ByTwoWhileSurvivorsWork,

    /// <summary>The first process that finds the arena full calls <c>Recover</c>.</summary>
    OnDemand,
}
