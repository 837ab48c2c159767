using PerfTests.Tests.Arena.Kill.Sharing;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>The course of one <see cref="KillRound"/>.</summary>
internal sealed unsafe class RoundRunner(ControlMemory control, Crew crew, Random random, KillRound round)
{
    /// <summary>Drains after so many rounds of which none need it.</summary>
    private const int DrainOneIn = 3;
    private const int OperationsAfterKill = 10;

    /// <summary>More, because what a stop leads to shows when the one that was stopped comes back to the same slab.</summary>
    private const int OperationsAfterStop = 2_000;

    /// <returns>False if the worker did not come to the point.</returns>
    internal bool Run()
    {
        foreach (int worker in Crew.Workers)
        {
            control.Worker(worker)->IsCalm = round.IsCalm ? 1 : 0;
        }

        if (round.IsCalm)
        {
            crew.Tell(ControlMemory.Auditor, WorkerCommand.Recover);
        }

        bool isHit = new Strike(control, crew, random, round).Run();
        LetSurvivorsWork();
        Recover();
        crew.TellAll(crew.Survivors, WorkerCommand.Pause);
        bool isStrict = round is { Recovery: RoundRecovery.InPeace, IsStop: false };
        if (isStrict)
        {
            crew.Tell(AnySurvivor(), WorkerCommand.RecoverAndUse);
        }

        crew.Tell(ControlMemory.Auditor, isStrict ? WorkerCommand.AuditStrictly : WorkerCommand.Audit);
        if (!isStrict || random.Next(DrainOneIn) == 0)
        {
            CheckThatNothingIsLost();
        }

        foreach (int lost in Crew.Workers.Except(crew.Survivors))
        {
            crew.Start(lost);
            crew.AwaitJoined(lost);
        }

        return isHit;
    }

    /// <summary>Each survivor must get on.</summary>
    private void LetSurvivorsWork()
    {
        crew.TellAll(crew.Survivors, WorkerCommand.Work);
        int operations = round.IsStop ? OperationsAfterStop : OperationsAfterKill;
        foreach (int worker in crew.Survivors)
        {
            long before = Volatile.Read(ref control.Worker(worker)->Progress);
            crew.Await(() => Volatile.Read(ref control.Worker(worker)->Progress) > before + operations, "work on", worker);
        }
    }

    private void Recover()
    {
        if (round.Recovery is RoundRecovery.MeanwhileByOne or RoundRecovery.MeanwhileByTwo)
        {
            // Survivors, and not the auditor: what they adopt they go on to use.
            crew.TellAll(crew.Survivors.Take(round.Recovery == RoundRecovery.MeanwhileByTwo ? 2 : 1), WorkerCommand.Recover);
        }
    }

    private int AnySurvivor()
    {
        int[] survivors = [.. crew.Survivors];
        return survivors[random.Next(survivors.Length)];
    }

    /// <summary>With nothing held, the arena must be empty and as one piece.</summary>
    private void CheckThatNothingIsLost()
    {
        crew.TellAll(crew.Survivors, WorkerCommand.Drain);
        crew.Tell(ControlMemory.Auditor, WorkerCommand.ReclaimOffered);

        // The first finds what is to be recovered, each survivor gives up what its heaps keep, and then all is there.
        crew.Tell(ControlMemory.Auditor, WorkerCommand.TakeWhole);
        foreach (int worker in crew.Survivors)
        {
            crew.Tell(worker, WorkerCommand.TakeWhole);
        }

        if (!crew.Tell(ControlMemory.Auditor, WorkerCommand.IsEmpty))
        {
            throw new KillTestException("blocks are live that nobody holds");
        }

        if (!crew.Tell(ControlMemory.Auditor, WorkerCommand.TakeWhole))
        {
            throw new KillTestException("all blocks are free, and yet the arena can't be allocated as one piece");
        }
    }
}
