using Shm.Arena;

namespace PerfTests.Tests.Arena.Model;

/// <summary>An attachment, which stands for a process.</summary>
internal sealed class ModelProcess(ShmArena arena)
{
    internal ShmArena Arena { get; } = arena;

    internal ArenaMember Member { get; } = arena.Member;

    internal bool IsAlive { get; private set; } = true;

    /// <summary>Detaches, which leaves what a killed process leaves: the kernel drops the lock, and the memory stays as it was.</summary>
    internal void End()
    {
        IsAlive = false;
        Arena.Dispose();
    }
}
