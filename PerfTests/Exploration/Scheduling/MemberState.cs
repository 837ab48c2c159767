namespace PerfTests.Exploration.Scheduling;

/// <summary>State of a member during a run.</summary>
internal enum MemberState
{
    /// <summary>The member can run.</summary>
    Ready,

    /// <summary>The member waits until a word of shared memory changes or another member exits.</summary>
    Waiting,

    /// <summary>All operations of the member are complete.</summary>
    Finished,

    /// <summary>The schedule has killed the member.</summary>
    Killed,
}
