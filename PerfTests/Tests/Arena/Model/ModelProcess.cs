using Shm.Arena;

namespace PerfTests.Tests.Arena.Model;

/// <summary>An attachment, which is what the arena knows of a process.</summary>
internal sealed class ModelProcess(ShmArena arena)
{
    internal ShmArena Arena { get; } = arena;

    internal ArenaMember Member { get; } = arena.Member;

    internal bool IsAlive { get; private set; } = true;

    /// <summary>Leaves in order.</summary>
    internal void Detach()
    {
        IsAlive = false;
        Arena.Dispose();
    }

    /// <summary>Ends as a killed process does: the kernel drops its lock, and everything that it wrote stays.</summary>
    internal unsafe void Crash(ArenaMemory memory)
    {
        Detach();
        memory.Processes[ProcessToken.SlotOf(Member.Token)].Token = Member.Token;
        memory.Header->Departures--;
    }
}
