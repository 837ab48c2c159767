namespace PerfTests.KillTest.Sharing;

/// <summary>
/// Command of the conductor to a worker. A worker that performs random operations resumes them after each command except Pause.
/// </summary>
internal enum WorkerCommand
{
    None,

    /// <summary>Perform random operations from now on.</summary>
    Work,

    /// <summary>Perform no more random operations.</summary>
    Pause,

    /// <summary>Recover what exited processes left in the arena.</summary>
    Recover,

    /// <summary>Recover, and use all slabs that the recovery adopted.</summary>
    RecoverAndUse,

    /// <summary>Check and free all blocks that the worker holds, was sent or can claim.</summary>
    Drain,

    /// <summary>Allocate the whole arena as one block and free it; answer whether that succeeded.</summary>
    AllocateWholeArena,

    /// <summary>Compare the live blocks of the arena with the lists of the workers.</summary>
    Audit,

    /// <summary>Do the same as for <see cref="Audit"/>, and also check that no exited process holds a block.</summary>
    AuditStrictly,

    /// <summary>Reclaim the blocks that exited workers offered.</summary>
    ReclaimOffered,

    /// <summary>Answer whether no block is live.</summary>
    IsEmpty,

    /// <summary>Detach and exit.</summary>
    Leave,
}
