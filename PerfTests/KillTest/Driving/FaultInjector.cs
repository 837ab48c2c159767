using System.Diagnostics;
using PerfTests.KillTest.Sharing;
using PerfTests.KillTest.Workers;
using Shm.Arena;

namespace PerfTests.KillTest.Driving;

/// <summary>Kills or stops a random worker, at a random moment or in a crash window.</summary>
internal sealed unsafe class FaultInjector(ControlMemory control, WorkerProcesses workers, Random random, KillRound round)
{
    private const int MaxRunMicroseconds = 3_000;

    /// <summary>Number of operations of the other workers after which a stopped worker is continued.</summary>
    private const int OperationsWhileStopped = 10_000;

    /// <summary>Time within which a worker must reach a window.</summary>
    private static readonly TimeSpan s_reachTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_maxStop = TimeSpan.FromMilliseconds(100);

    private readonly int _victim = random.Next(1, ControlMemory.WorkerCount);

    /// <summary>Injects the round's fault.</summary>
    /// <returns>False if the worker did not reach the window.</returns>
    internal bool Run() => round.Window == CrashWindow.None ? KillAtRandom() : InjectIn(round.Window);

    private bool KillAtRandom()
    {
        workers.ExecuteAll(workers.Survivors, WorkerCommand.Work);
        Sleep(random.Next(MaxRunMicroseconds));
        workers.Signal(_victim, ProcessControl.Kill);
        AwaitKilled(_victim, WorkerProcesses.HangTimeout);
        return true;
    }

    /// <summary>Brings the victim to the window, and waits until it is killed or stopped there.</summary>
    private bool InjectIn(CrashWindow window)
    {
        var signal = round.IsStop ? ProcessControl.Stop : ProcessControl.Kill;
        var trigger = KillTriggers.Of(window);
        if (trigger == KillTrigger.Attach)
        {
            return InjectWhileAttaching(window, signal);
        }

        if (trigger is KillTrigger.Recover or KillTrigger.TakeOver)
        {
            KillAnother(trigger == KillTrigger.TakeOver);
        }

        control.Arm(_victim, window, round.Hit, signal);
        if (trigger != KillTrigger.TakeOver)
        {
            workers.ExecuteAll(workers.Survivors.Where(worker => worker != _victim), WorkerCommand.Work);
        }

        workers.Send(_victim, WorkerCommand.Work);
        var start = Stopwatch.GetTimestamp();
        ChildState? state;
        do
        {
            if (trigger is KillTrigger.Recover or KillTrigger.RunOut)
            {
                workers.Send(_victim, trigger == KillTrigger.Recover ? WorkerCommand.Recover : WorkerCommand.AllocateWholeArena);
            }

            state = workers.AwaitExitOrStop(_victim, TimeSpan.FromMilliseconds(20));
            if (trigger is KillTrigger.RunOut && state is null)
            {
                workers.Send(_victim, WorkerCommand.Work);
                Sleep(1_000);
            }
        }
        while (state is null && Stopwatch.GetElapsedTime(start) < s_reachTimeout);
        return Conclude(state);
    }

    private bool InjectWhileAttaching(CrashWindow window, int signal)
    {
        workers.ExecuteAll(workers.Survivors.Where(worker => worker != _victim), WorkerCommand.Work);
        workers.Signal(_victim, ProcessControl.Kill);
        AwaitKilled(_victim, WorkerProcesses.HangTimeout);
        workers.StartArmed(_victim, window, round.Hit, signal);
        workers.Send(_victim, WorkerCommand.Work);
        return Conclude(workers.AwaitExitOrStop(_victim, s_reachTimeout));
    }

    /// <summary>Kills another worker. The victim will recover what that worker left, and so reach the window.</summary>
    private void KillAnother(bool isSupplyHolder)
    {
        var other = WorkerProcesses.Indices.First(worker => worker != _victim);
        if (isSupplyHolder)
        {
            CrashWindow[] windows =
            [
                CrashWindow.CreateSlabPagesTaken, CrashWindow.CreateSlabPageMapWritten,
                CrashWindow.ReleaseStateCleared, CrashWindow.ReleasePagesFreed,
            ];
            control.Arm(other, windows[random.Next(windows.Length)], 1 + random.Next(3), ProcessControl.Kill);
        }

        workers.Execute(other, WorkerCommand.Work);
        if (!isSupplyHolder)
        {
            Sleep(random.Next(MaxRunMicroseconds));
            workers.Signal(other, ProcessControl.Kill);
        }

        AwaitKilled(other, WorkerProcesses.HangTimeout);
    }

    private bool Conclude(ChildState? state)
    {
        state ??= Disarm();
        control.Worker(_victim)->Trap.Window = CrashWindow.None;
        if (state == ChildState.Stopped)
        {
            LetOthersWork();
            workers.Signal(_victim, ProcessControl.Continue);
        }
        else if (state is not null)
        {
            CheckKilled(state.Value);
            workers.MarkExited(_victim);
        }

        return state is not null;
    }

    /// <summary>Clears the trap. The victim may still be killed or stopped if it reaches the window at this moment.</summary>
    private ChildState? Disarm()
    {
        control.Worker(_victim)->Trap.Window = CrashWindow.None;
        var number = workers.Send(_victim, WorkerCommand.Pause);
        ChildState? state = null;
        for (var start = Stopwatch.GetTimestamp(); state is null && Volatile.Read(ref control.Worker(_victim)->Done) != number;)
        {
            state = workers.AwaitExitOrStop(_victim, TimeSpan.FromMilliseconds(1));
            if (Stopwatch.GetElapsedTime(start) > WorkerProcesses.HangTimeout)
            {
                throw new KillTestException(
                    $"worker {_victim} hangs: it has not paused within {WorkerProcesses.HangTimeout.TotalSeconds} s");
            }
        }

        return state;
    }

    /// <summary>
    /// Lets the other workers work while the victim is stopped. A worker that needs a lock held by the victim waits.
    /// </summary>
    private void LetOthersWork()
    {
        var start = Stopwatch.GetTimestamp();
        var before = Progress();
        while (Progress() < before + OperationsWhileStopped && Stopwatch.GetElapsedTime(start) < s_maxStop)
        {
            workers.CheckFailures();
            Thread.Sleep(0);
        }
    }

    private long Progress() => workers.Survivors.Sum(worker => Volatile.Read(ref control.Worker(worker)->Progress));

    private void AwaitKilled(int worker, TimeSpan timeout)
    {
        CheckKilled(workers.AwaitExitOrStop(worker, timeout)
            ?? throw new KillTestException($"worker {worker} has not exited within {timeout.TotalSeconds} s after SIGKILL"));
        workers.MarkExited(worker);
    }

    private void CheckKilled(ChildState state)
    {
        if (state != (ChildState)((int)ChildState.Killed - ProcessControl.Kill))
        {
            workers.CheckFailures();
            throw new KillTestException($"a worker exited without being killed: {state}");
        }
    }

    private static void Sleep(int microseconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMicroseconds(microseconds))
        {
            Thread.Sleep(0);
        }
    }
}
