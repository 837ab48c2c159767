using PerfTests.KillTest.Sharing;

namespace PerfTests.KillTest.Driving;

/// <summary>
/// Runs one <see cref="KillRound"/>: injects the fault, lets the survivors work, recovers, audits, and replaces the killed
/// worker.
/// </summary>
internal sealed unsafe class RoundRunner(ControlMemory control, WorkerProcesses workers, Random random, KillRound round)
{
    /// <summary>
    /// On average, one in three rounds with a strict audit also frees all blocks. Every round without a strict audit frees all
    /// blocks.
    /// </summary>
    private const int DrainOneIn = 3;
    private const int OperationsAfterKill = 10;

    /// <summary>
    /// Number of operations of each survivor after a stop. The number is greater than after a kill, because a fault shows only
    /// when the process that was stopped uses the same slab again.
    /// </summary>
    private const int OperationsAfterStop = 2_000;

    /// <summary>Runs the round.</summary>
    /// <returns>False if the worker did not reach the window.</returns>
    internal bool Run()
    {
        foreach (var worker in WorkerProcesses.Indices)
        {
            control.Worker(worker)->IsCalm = round.IsCalm ? 1 : 0;
        }

        if (round.IsCalm)
        {
            workers.Execute(ControlMemory.Auditor, WorkerCommand.Recover);
        }

        var isHit = new FaultInjector(control, workers, random, round).Run();
        LetSurvivorsWork();
        Recover();
        workers.ExecuteAll(workers.Survivors, WorkerCommand.Pause);
        var isStrict = round is { Recovery: RoundRecovery.WhileSurvivorsWait, IsStop: false };
        if (isStrict)
        {
            workers.Execute(AnySurvivor(), WorkerCommand.RecoverAndUse);
        }

        workers.Execute(ControlMemory.Auditor, isStrict ? WorkerCommand.AuditStrictly : WorkerCommand.Audit);
        if (!isStrict || random.Next(DrainOneIn) == 0)
        {
            CheckWholeArenaIsFree();
        }

        foreach (var lost in WorkerProcesses.Indices.Except(workers.Survivors))
        {
            workers.Start(lost);
            workers.AwaitJoined(lost);
        }

        return isHit;
    }

    /// <summary>Waits until each survivor has completed some operations.</summary>
    private void LetSurvivorsWork()
    {
        workers.ExecuteAll(workers.Survivors, WorkerCommand.Work);
        var operations = round.IsStop ? OperationsAfterStop : OperationsAfterKill;
        foreach (var worker in workers.Survivors)
        {
            var before = Volatile.Read(ref control.Worker(worker)->Progress);
            workers.Await(() => Volatile.Read(ref control.Worker(worker)->Progress) > before + operations, "some operations", worker);
        }
    }

    private void Recover()
    {
        if (round.Recovery is RoundRecovery.WhileSurvivorsWork or RoundRecovery.ByTwoWhileSurvivorsWork)
        {
            // Survivors recover instead of the auditor, because they use the slabs that they adopt.
            var count = round.Recovery == RoundRecovery.ByTwoWhileSurvivorsWork ? 2 : 1;
            workers.ExecuteAll(workers.Survivors.Take(count), WorkerCommand.Recover);
        }
    }

    private int AnySurvivor()
    {
        int[] survivors = [.. workers.Survivors];
        return survivors[random.Next(survivors.Length)];
    }

    /// <summary>Frees all blocks, and checks that the arena is empty and can be allocated as one block.</summary>
    private void CheckWholeArenaIsFree()
    {
        workers.ExecuteAll(workers.Survivors, WorkerCommand.Drain);
        workers.Execute(ControlMemory.Auditor, WorkerCommand.ReclaimOffered);

        // The allocation starts a recovery if one is due. The survivors do nothing meanwhile, and their heaps keep their slabs.
        var isWholeArenaFree = workers.Execute(ControlMemory.Auditor, WorkerCommand.AllocateWholeArena);
        if (!workers.Execute(ControlMemory.Auditor, WorkerCommand.IsEmpty))
        {
            throw new KillTestException("all workers have freed their blocks, but blocks are still live in the arena");
        }

        if (!isWholeArenaFree)
        {
            throw new KillTestException("all blocks are free, but the arena cannot be allocated as one block");
        }
    }
}
