using Shm.Arena;

namespace PerfTests.KillTest.Driving;

/// <summary>One kill, or one stop.</summary>
/// <param name="Window">The crash window of the kill; None for a random moment.</param>
/// <param name="Hit">1-based hit count: the kill happens when the process reaches the window for this time.</param>
/// <param name="IsStop">Stops the process and continues it later, instead of killing it.</param>
/// <param name="Recovery">The processes that recover afterwards.</param>
/// <param name="IsCalm">Lets no process recover or detach while the others work.</param>
internal sealed record KillRound(
    CrashWindow Window = CrashWindow.None,
    int Hit = 1,
    bool IsStop = false,
    RoundRecovery Recovery = RoundRecovery.WhileSurvivorsWait,
    bool IsCalm = false)
{
    public override string ToString()
    {
        string moment = Window == CrashWindow.None ? "at a random moment" : FormattableString.Invariant($"at {Window}, hit {Hit}");
        return $"{(IsStop ? "stopped" : "killed")} {moment}, recovery {Recovery}";
    }
}

/// <summary>The processes that recover after a kill.</summary>
internal enum RoundRecovery
{
    /// <summary>One survivor, while the others wait.</summary>
    WhileSurvivorsWait,

    /// <summary>One survivor, while the others work.</summary>
    WhileSurvivorsWork,

    /// <summary>Two survivors at once, while the others work.</summary>
    ByTwoWhileSurvivorsWork,

    /// <summary>The first process that runs out of memory.</summary>
    OnDemand,
}
