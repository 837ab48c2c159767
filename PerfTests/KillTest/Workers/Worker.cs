using PerfTests.KillTest.Sharing;
using Shm.Arena;

namespace PerfTests.KillTest.Workers;

/// <summary>One process of the kill test: executes the conductor's commands, and performs random operations in between.</summary>
internal sealed unsafe class Worker(ControlMemory control, int index, int seed)
{
    internal const long CapacityBytes = 48L << 20;

    private readonly WorkerArea* _area = control.Worker(index);
    private ShmArena _arena = null!;
    private bool _isWorking;

    internal RandomOperations Operations { get; private set; } = null!;

    /// <summary>Attaches to the arena. The auditor creates the arena instead.</summary>
    internal ShmArena Join(string name)
    {
        _arena = index == ControlMemory.Auditor
            ? ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, Name = name })
            : ShmArena.Attach(name);
        Operations = new RandomOperations(control, index, _arena, seed);
        Volatile.Write(ref _area->Member, _arena.Member.Token);
        return _arena;
    }

    /// <summary>Executes commands until <see cref="WorkerCommand.Leave"/>.</summary>
    internal void Run(string name)
    {
        var done = Volatile.Read(ref _area->Done);
        Join(name);
        while (true)
        {
            var numbered = Volatile.Read(ref _area->Command);
            if (numbered >> 8 != done)
            {
                var command = (WorkerCommand)(numbered & 0xFF);
                Volatile.Write(ref _area->Answer, Execute(command) ? 1 : 0);
                Volatile.Write(ref _area->Done, done = numbered >> 8);
                if (command == WorkerCommand.Leave)
                {
                    return;
                }
            }
            else if (_isWorking)
            {
                _area->Progress++;
                Operations.Next(Volatile.Read(ref _area->IsCalm) != 0);
            }
            else
            {
                Thread.Sleep(0);
            }
        }
    }

    internal bool Execute(WorkerCommand command)
    {
        switch (command)
        {
            case WorkerCommand.Work or WorkerCommand.Pause:
                _isWorking = command == WorkerCommand.Work;
                break;
            case WorkerCommand.Recover:
                _arena.Recover();
                break;
            case WorkerCommand.RecoverAndUse:
                _arena.Recover();
                Exercise.Run(_arena);
                break;
            case WorkerCommand.Drain:
                Operations.Drain();
                break;
            case WorkerCommand.AllocateWholeArena:
                return AllocateWholeArena();
            case WorkerCommand.Audit or WorkerCommand.AuditStrictly:
                new Audit(control, _arena).Run(isStrict: command == WorkerCommand.AuditStrictly);
                break;
            case WorkerCommand.ReclaimOffered:
                _arena.ReclaimOffered();
                new Span<ListedBlock>(control.Offer(0), ControlMemory.OfferCount).Clear();
                break;
            case WorkerCommand.IsEmpty:
                return _arena.UsedBytes == 0;
            case WorkerCommand.Leave:
                _arena.Dispose();
                break;
        }

        return true;
    }

    private bool AllocateWholeArena()
    {
        var isDone = _arena.TryAllocate(CapacityBytes, out var block);
        if (isDone)
        {
            _arena.Free(block);
        }

        return isDone;
    }
}
