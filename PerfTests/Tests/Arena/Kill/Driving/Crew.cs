using System.Diagnostics;
using PerfTests.Tests.Arena.Kill.Sharing;
using PerfTests.Tests.Arena.Kill.Workers;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>The auditor's and the workers' processes, and what they are told.</summary>
internal sealed unsafe class Crew(ControlMemory control, ZygoteProcess zygote, Random random) : IDisposable
{
    /// <summary>Longer than everything takes on a busy machine: what takes longer hangs.</summary>
    internal static readonly TimeSpan HangTimeout = TimeSpan.FromSeconds(60);

    private readonly int[] _processes = new int[ControlMemory.WorkerCount];
    private int _number;

    /// <summary>Processes killed so far.</summary>
    internal int KillCount { get; private set; }

    /// <summary>The indices of the workers, without the auditor.</summary>
    internal static IEnumerable<int> Workers => Enumerable.Range(1, ControlMemory.WorkerCount - 1);

    internal IEnumerable<int> Survivors => Workers.Where(control.IsPresent);

    internal void StartAll()
    {
        for (int index = 0; index < ControlMemory.WorkerCount; index++)
        {
            Start(index);
            AwaitJoined(index);
        }
    }

    /// <summary>Forks a worker, which attaches.</summary>
    internal void Start(int index)
    {
        control.Clear(index);
        Fork(index);
    }

    /// <summary>Forks a worker that is armed before it attaches.</summary>
    internal void StartArmed(int index, int point, int hit, int signal)
    {
        control.Clear(index);
        control.Arm(index, point, hit, signal);
        Fork(index);
    }

    internal void AwaitJoined(int index) => Await(() => Volatile.Read(ref control.Worker(index)->Member) != 0, "attach", index);

    /// <summary>Gives a command and waits until it is carried out.</summary>
    /// <returns>The answer.</returns>
    internal bool Tell(int index, WorkerCommand command)
    {
        int number = Send(index, command);
        AwaitDone(index, number, command);
        return control.Worker(index)->Answer != 0;
    }

    /// <summary>Gives a command to several at once, and waits until all have carried it out.</summary>
    internal void TellAll(IEnumerable<int> workers, WorkerCommand command)
    {
        (int Index, int Number)[] sent = [.. workers.Select(index => (index, Send(index, command)))];
        foreach ((int index, int number) in sent)
        {
            AwaitDone(index, number, command);
        }
    }

    /// <summary>Gives a command.</summary>
    /// <returns>Its number.</returns>
    internal int Send(int index, WorkerCommand command)
    {
        int number = ++_number & 0x3FFFFF;
        Volatile.Write(ref control.Worker(index)->Command, (number << 8) | (int)command);
        return number;
    }

    internal void AwaitDone(int index, int number, WorkerCommand command) =>
        Await(() => Volatile.Read(ref control.Worker(index)->Done) == number, command.ToString(), index);

    internal void Signal(int index, int signal)
    {
        // 0 and below are groups of processes.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_processes[index]);
        Processes.Signal(_processes[index], signal);
    }

    /// <summary>Waits until a worker is dead or stopped; null if that takes longer.</summary>
    internal Processes.Fate? AwaitFate(int index, TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < timeout)
        {
            Processes.Fate fate = zygote.FateOf(_processes[index]);
            if (fate != Processes.Fate.Running)
            {
                return fate;
            }

            CheckFailures();
            Thread.Sleep(0);
        }

        return null;
    }

    /// <summary>Notes that a worker's process is dead, until it is started anew.</summary>
    internal void Lose(int index)
    {
        KillCount++;
        control.Worker(index)->IsPresent = 0;
        _processes[index] = 0;
    }

    /// <exception cref="KillTestException">A worker found something to be wrong.</exception>
    internal void CheckFailures()
    {
        for (int index = 0; index < ControlMemory.WorkerCount; index++)
        {
            if (control.FailureOf(index) is { } failure)
            {
                throw new KillTestException($"{(index == ControlMemory.Auditor ? "the auditor" : $"worker {index}")}: {failure}");
            }
        }
    }

    public void Dispose()
    {
        foreach (int process in _processes.Where(process => process > 0))
        {
            Processes.Signal(process, Processes.Kill);
        }
    }

    internal void Await(Func<bool> isDone, string what, int index)
    {
        long start = Stopwatch.GetTimestamp();
        for (int looks = 1; !isDone(); looks++)
        {
            CheckFailures();
            if (looks % 1000 == 0 && zygote.FateOf(_processes[index]) is not Processes.Fate.Running and var fate)
            {
                CheckFailures();
                throw new KillTestException($"worker {index} ended by itself: {fate}");
            }

            if (Stopwatch.GetElapsedTime(start) > HangTimeout)
            {
                throw new KillTestException($"worker {index} hangs: it has not done \"{what}\" for {HangTimeout.TotalSeconds} s");
            }

            Thread.Sleep(0);
        }
    }

    private void Fork(int index)
    {
        _processes[index] = zygote.Fork(index, random.Next());
        control.Worker(index)->IsPresent = 1;
    }
}
