using System.Diagnostics;
using PerfTests.Tests.Arena.Kill.Injection;
using PerfTests.Tests.Arena.Kill.Sharing;
using PerfTests.Tests.Arena.Kill.Workers;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>The course of one <see cref="KillRound"/>.</summary>
internal sealed unsafe class RoundRunner(ControlMemory control, Crew crew, Random random, KillRound round)
{
    /// <summary>How long a worker may take to come to a point.</summary>
    private static readonly TimeSpan s_reach = TimeSpan.FromSeconds(2);

    /// <summary>Drains after so many rounds of which none need it.</summary>
    private const int DrainOneIn = 3;
    private const int LongestRunMicroseconds = 3_000;

    private readonly int _victim = random.Next(1, ControlMemory.WorkerCount);

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

        bool isHit = round.Point is null ? KillAtRandom() : Strike(round.Point);
        LetSurvivorsWork();
        Recover();
        crew.TellAll(crew.Survivors, WorkerCommand.Pause);
        bool isStrict = round is { Recovery: RoundRecovery.InPeace, IsStop: false };
        if (isStrict)
        {
            crew.Tell(ControlMemory.Auditor, WorkerCommand.Recover);
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

    private bool KillAtRandom()
    {
        crew.TellAll(crew.Survivors, WorkerCommand.Work);
        Sleep(random.Next(LongestRunMicroseconds));
        crew.Signal(_victim, Processes.Kill);
        AwaitDeath(_victim, Crew.HangTimeout);
        return true;
    }

    /// <summary>Brings the victim to the point, and sees it die or stop there.</summary>
    private bool Strike(KillPoint point)
    {
        int signal = round.IsStop ? Processes.Stop : Processes.Kill;
        if (point.Trigger == KillTrigger.Attach)
        {
            return StrikeAttaching(point, signal);
        }

        if (point.Trigger is KillTrigger.Recover or KillTrigger.TakeOver)
        {
            KillAnother(point.Trigger == KillTrigger.TakeOver);
        }

        control.Arm(_victim, point.Number, round.Hit, signal);
        if (point.Trigger != KillTrigger.TakeOver)
        {
            crew.TellAll(crew.Survivors.Where(worker => worker != _victim), WorkerCommand.Work);
        }

        crew.Send(_victim, WorkerCommand.Work);
        long start = Stopwatch.GetTimestamp();
        Processes.Fate? fate;
        do
        {
            if (point.Trigger is KillTrigger.Recover or KillTrigger.RunOut)
            {
                crew.Send(_victim, point.Trigger == KillTrigger.Recover ? WorkerCommand.Recover : WorkerCommand.TakeWhole);
            }

            fate = crew.AwaitFate(_victim, TimeSpan.FromMilliseconds(20));
            if (point.Trigger is KillTrigger.RunOut && fate is null)
            {
                crew.Send(_victim, WorkerCommand.Work);
                Sleep(1_000);
            }
        }
        while (fate is null && Stopwatch.GetElapsedTime(start) < s_reach);
        return Conclude(fate);
    }

    private bool StrikeAttaching(KillPoint point, int signal)
    {
        crew.TellAll(crew.Survivors.Where(worker => worker != _victim), WorkerCommand.Work);
        crew.Signal(_victim, Processes.Kill);
        AwaitDeath(_victim, Crew.HangTimeout);
        crew.StartArmed(_victim, point.Number, round.Hit, signal);
        crew.Send(_victim, WorkerCommand.Work);
        return Conclude(crew.AwaitFate(_victim, s_reach));
    }

    /// <summary>Somebody dies first: of what it leaves the victim dies.</summary>
    private void KillAnother(bool isSupplyHolder)
    {
        int other = Crew.Workers.First(worker => worker != _victim);
        if (isSupplyHolder)
        {
            string[] names = ["make: pages taken", "make: page map written", "release: state cleared", "release: pages free"];
            control.Arm(other, KillPoints.Named(names[random.Next(names.Length)]).Number, 1 + random.Next(3), Processes.Kill);
        }

        crew.Tell(other, WorkerCommand.Work);
        if (!isSupplyHolder)
        {
            Sleep(random.Next(LongestRunMicroseconds));
            crew.Signal(other, Processes.Kill);
        }

        AwaitDeath(other, Crew.HangTimeout);
    }

    private bool Conclude(Processes.Fate? fate)
    {
        control.Worker(_victim)->Armed[0] = -1;
        if (fate == Processes.Fate.Stopped)
        {
            // Whoever does not need what the stopped one holds works on meanwhile.
            Sleep(LongestRunMicroseconds * 4);
            crew.Signal(_victim, Processes.Continue);
        }
        else if (fate is not null)
        {
            CheckKilled(fate.Value);
            crew.Lose(_victim);
        }

        return fate is not null;
    }

    private void AwaitDeath(int worker, TimeSpan timeout)
    {
        CheckKilled(crew.AwaitFate(worker, timeout) ?? throw new KillTestException($"worker {worker} does not die"));
        crew.Lose(worker);
    }

    private void CheckKilled(Processes.Fate fate)
    {
        if (fate != (Processes.Fate)((int)Processes.Fate.Killed - Processes.Kill))
        {
            crew.CheckFailures();
            throw new KillTestException($"a worker ended by itself: {fate}");
        }
    }

    /// <summary>Each survivor must get on.</summary>
    private void LetSurvivorsWork()
    {
        crew.TellAll(crew.Survivors, WorkerCommand.Work);
        foreach (int worker in crew.Survivors)
        {
            long before = Volatile.Read(ref control.Worker(worker)->Progress);
            crew.Await(() => Volatile.Read(ref control.Worker(worker)->Progress) > before + 10, "work on", worker);
        }
    }

    private void Recover()
    {
        if (round.Recovery is RoundRecovery.MeanwhileByOne)
        {
            crew.Tell(ControlMemory.Auditor, WorkerCommand.Recover);
        }
        else if (round.Recovery is RoundRecovery.MeanwhileByTwo)
        {
            crew.TellAll([ControlMemory.Auditor, crew.Survivors.First()], WorkerCommand.Recover);
        }
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

    private static void Sleep(int microseconds)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMicroseconds(microseconds))
        {
            Thread.Sleep(0);
        }
    }
}
