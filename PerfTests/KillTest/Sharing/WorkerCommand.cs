namespace PerfTests.KillTest.Sharing;

/// <summary>Command of the conductor to a worker. A working worker works on after each command but Pause.</summary>
internal enum WorkerCommand
{
    None,

    /// <summary>Perform random operations from now on.</summary>
    Work,

    /// <summary>Perform no more random operations.</summary>
    Pause,

    /// <summary>Recover.</summary>
    Recover,

    /// <summary>Recover, and use all slabs that were adopted.</summary>
    RecoverAndUse,

    /// <summary>Check and free all blocks that it holds.</summary>
    Drain,

    /// <summary>Allocate the whole arena as one block and free it; the answer is whether there was room.</summary>
    AllocateWholeArena,

    /// <summary>Compare the live blocks of the arena with the lists of the workers.</summary>
    Audit,

    /// <summary>As <see cref="Audit"/>; in addition, no exited process may hold a block.</summary>
    AuditStrictly,

    /// <summary>Reclaim the blocks that exited workers offered.</summary>
    ReclaimOffered,

    /// <summary>Answer whether no block is live.</summary>
    IsEmpty,

    /// <summary>Detach and exit.</summary>
    Leave,
}
