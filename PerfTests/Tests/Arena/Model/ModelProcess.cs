using Shm.Arena;

namespace PerfTests.Tests.Arena.Model;

/// <summary>Attachment that plays the part of a process.</summary>
internal sealed class ModelProcess(ShmArena arena)
{
    internal ShmArena Arena { get; } = arena;

    internal ArenaMember Member { get; } = arena.Member;

    internal bool IsAlive { get; private set; } = true;

    /// <summary>Ends the process as a kill does: the kernel releases its lock, and the memory stays unchanged.</summary>
    internal void End()
    {
        IsAlive = false;
        Arena.Dispose();
    }
}
