using PerfTests.Tests.Arena.Kill.Injection;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>One kill, or one stop.</summary>
/// <param name="Point">Where; null: at a random moment.</param>
/// <param name="Hit">The how-manieth time the process comes to the point, from 1.</param>
/// <param name="IsStop">Whether it is stopped and goes on later, and not killed.</param>
/// <param name="Recovery">Who recovers.</param>
/// <param name="IsCalm">Whether nobody recovers or detaches while the others work.</param>
internal sealed record KillRound(KillPoint? Point = null, int Hit = 1, bool IsStop = false, RoundRecovery Recovery = RoundRecovery.InPeace, bool IsCalm = false)
{
    public override string ToString() =>
        FormattableString.Invariant($"{(IsStop ? "stopped" : "killed")} {(Point is null ? "at a random moment" : $"at \"{Point}\", time {Hit}")}, recovery {Recovery}");
}

/// <summary>Who recovers after a kill.</summary>
internal enum RoundRecovery
{
    /// <summary>The auditor, while the survivors wait.</summary>
    InPeace,

    /// <summary>The auditor, while the survivors work on.</summary>
    MeanwhileByOne,

    /// <summary>The auditor and a survivor at once, while the others work on.</summary>
    MeanwhileByTwo,

    /// <summary>Nobody, until somebody needs the memory.</summary>
    WhenNeeded,
}
