using System.Diagnostics;
using PerfTests.Tests.Arena.Kill.Injection;
using PerfTests.Tests.Arena.Kill.Sharing;
using PerfTests.Tests.Arena.Kill.Workers;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>Kills or stops a worker, at a random moment or at a point.</summary>
internal sealed unsafe class Strike(ControlMemory control, Crew crew, Random random, KillRound round)
{
    private const int LongestRunMicroseconds = 3_000;
    private const int OperationsMeanwhile = 10_000;

    /// <summary>How long a worker may take to come to a point.</summary>
    private static readonly TimeSpan s_reach = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestStop = TimeSpan.FromMilliseconds(100);

    private readonly int _victim = random.Next(1, ControlMemory.WorkerCount);

    /// <returns>False if the worker did not come to the point.</returns>
    internal bool Run() => round.Point is null ? KillAtRandom() : StrikeAt(round.Point);

    private bool KillAtRandom()
    {
        crew.TellAll(crew.Survivors, WorkerCommand.Work);
        Sleep(random.Next(LongestRunMicroseconds));
        crew.Signal(_victim, Processes.Kill);
        AwaitDeath(_victim, Crew.HangTimeout);
        return true;
    }

    /// <summary>Brings the victim to the point, and sees it die or stop there.</summary>
    private bool StrikeAt(KillPoint point)
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
        fate ??= Disarm();
        control.Worker(_victim)->Armed[0] = -1;
        if (fate == Processes.Fate.Stopped)
        {
            LetOthersWork();
            crew.Signal(_victim, Processes.Continue);
        }
        else if (fate is not null)
        {
            CheckKilled(fate.Value);
            crew.Lose(_victim);
        }

        return fate is not null;
    }

    /// <summary>Lets the victim live, unless it comes to the point just now.</summary>
    private Processes.Fate? Disarm()
    {
        control.Worker(_victim)->Armed[0] = -1;
        int number = crew.Send(_victim, WorkerCommand.Pause);
        Processes.Fate? fate = null;
        for (long start = Stopwatch.GetTimestamp(); fate is null && Volatile.Read(ref control.Worker(_victim)->Done) != number;)
        {
            fate = crew.AwaitFate(_victim, TimeSpan.FromMilliseconds(1));
            if (Stopwatch.GetElapsedTime(start) > Crew.HangTimeout)
            {
                throw new KillTestException($"worker {_victim} hangs");
            }
        }

        return fate;
    }

    /// <summary>While the victim is stopped: whoever does not need what it holds works on.</summary>
    private void LetOthersWork()
    {
        long start = Stopwatch.GetTimestamp();
        long before = Progress();
        while (Progress() < before + OperationsMeanwhile && Stopwatch.GetElapsedTime(start) < s_longestStop)
        {
            crew.CheckFailures();
            Thread.Sleep(0);
        }
    }

    private long Progress() => crew.Survivors.Sum(worker => Volatile.Read(ref control.Worker(worker)->Progress));

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

    private static void Sleep(int microseconds)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMicroseconds(microseconds))
        {
            Thread.Sleep(0);
        }
    }
}
