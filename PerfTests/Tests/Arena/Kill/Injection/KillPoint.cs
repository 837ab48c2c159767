using PerfTests.Versions;

namespace PerfTests.Tests.Arena.Kill.Injection;

/// <summary>A place in the arena's code where a process can be made to die or to stop.</summary>
/// <param name="Number">What the injected statement calls it.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Edit">Puts the statement in.</param>
/// <param name="Trigger">What makes a worker come there.</param>
internal sealed record KillPoint(int Number, string Name, ISourceEdit Edit, KillTrigger Trigger)
{
    public override string ToString() => Name;
}

/// <summary>What makes a worker come to a point.</summary>
internal enum KillTrigger
{
    /// <summary>Random work.</summary>
    Work,

    /// <summary>Random work, while the arena is new.</summary>
    EarlyWork,

    /// <summary>To attach.</summary>
    Attach,

    /// <summary>To recover after somebody else was killed.</summary>
    Recover,

    /// <summary>To be the first who needs the supply lock after its holder was killed.</summary>
    TakeOver,

    /// <summary>To run out of memory while heaps wait.</summary>
    RunOut,
}
