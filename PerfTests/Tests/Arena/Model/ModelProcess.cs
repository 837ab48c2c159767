using Shm.Arena;

namespace PerfTests.Tests.Arena.Model;

/// <summary>An attachment, which is what the arena knows of a process.</summary>
internal sealed class ModelProcess(ShmArena arena)
{
    internal ShmArena Arena { get; } = arena;

    internal ArenaMember Member { get; } = arena.Member;

    internal bool IsAlive { get; private set; } = true;

    /// <summary>Ends. Detaching leaves just what a killed process leaves: the kernel drops the lock, and all that it wrote stays.</summary>
    internal void End()
    {
        IsAlive = false;
        Arena.Dispose();
    }
}
