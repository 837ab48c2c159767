using Shm.Arena;

namespace PerfTests.Tests.Arena.Model;

/// <summary>Attachment of this process that stands for a separate process in the model.</summary>
internal sealed class ModelProcess(ShmArena arena)
{
    internal ShmArena Arena { get; } = arena;

    internal ArenaMember Member { get; } = arena.Member;

    internal bool IsAlive { get; private set; } = true;

    /// <summary>Ends the process as a kill would: the kernel releases its lock, and the memory stays unchanged.</summary>
    internal void End()
    {
        IsAlive = false;
        Arena.Dispose();
    }
}
