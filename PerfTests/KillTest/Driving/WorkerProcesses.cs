using System.Diagnostics;
using PerfTests.KillTest.Sharing;
using PerfTests.KillTest.Workers;
using Shm.Arena;

namespace PerfTests.KillTest.Driving;

/// <summary>Starts, commands and signals the processes of the auditor and the workers.</summary>
internal sealed unsafe class WorkerProcesses(ControlMemory control, ForkServerProcess forkServer, Random random) : IDisposable
{
    /// <summary>Time after which a command counts as hanging: longer than any command takes on a busy machine.</summary>
    internal static readonly TimeSpan HangTimeout = TimeSpan.FromSeconds(60);

    private readonly int[] _processes = new int[ControlMemory.WorkerCount];
    private int _number;

    /// <summary>Number of workers killed so far.</summary>
    internal int KillCount { get; private set; }

    /// <summary>Gets the indices of the workers, without the auditor.</summary>
    internal static IEnumerable<int> Indices => Enumerable.Range(1, ControlMemory.WorkerCount - 1);

    /// <summary>Gets the indices of the workers that are running.</summary>
    internal IEnumerable<int> Survivors => Indices.Where(control.IsPresent);

    internal void StartAll()
    {
        for (var index = 0; index < ControlMemory.WorkerCount; index++)
        {
            Start(index);
            AwaitJoined(index);
        }
    }

    /// <summary>Forks a worker, which attaches to the arena.</summary>
    internal void Start(int index)
    {
        control.Clear(index);
        Fork(index);
    }

    /// <summary>Forks a worker whose trap is set before it attaches.</summary>
    internal void StartArmed(int index, CrashWindow window, int hit, int signal)
    {
        control.Clear(index);
        control.Arm(index, window, hit, signal);
        Fork(index);
    }

    internal void AwaitJoined(int index) => Await(() => Volatile.Read(ref control.Worker(index)->Member) != 0, "attach", index);

    /// <summary>Sends a command and waits until the worker has executed it.</summary>
    /// <returns>The worker's answer.</returns>
    internal bool Execute(int index, WorkerCommand command)
    {
        var number = Send(index, command);
        AwaitDone(index, number, command);
        return control.Worker(index)->Answer != 0;
    }

    /// <summary>Sends a command to several workers at once, and waits until all have executed it.</summary>
    internal void ExecuteAll(IEnumerable<int> workers, WorkerCommand command)
    {
        (int Index, int Number)[] sent = [.. workers.Select(index => (index, Send(index, command)))];
        foreach ((var index, var number) in sent)
        {
            AwaitDone(index, number, command);
        }
    }

    /// <summary>Sends a command.</summary>
    /// <returns>The command's number.</returns>
    internal int Send(int index, WorkerCommand command)
    {
        var number = ++_number & 0x3FFFFF;
        Volatile.Write(ref control.Worker(index)->Command, (number << 8) | (int)command);
        return number;
    }

    internal void AwaitDone(int index, int number, WorkerCommand command) =>
        Await(() => Volatile.Read(ref control.Worker(index)->Done) == number, command.ToString(), index);

    internal void Signal(int index, int signal)
    {
        // kill(2) sends the signal to a group of processes if the id is 0 or negative.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_processes[index]);
        ProcessControl.Signal(_processes[index], signal);
    }

    /// <summary>Waits until a worker has exited or is stopped. Returns null after the timeout.</summary>
    internal ChildState? AwaitExitOrStop(int index, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < timeout)
        {
            var state = forkServer.StateOf(_processes[index]);
            if (state != ChildState.Running)
            {
                return state;
            }

            CheckFailures();
            Thread.Sleep(0);
        }

        return null;
    }

    /// <summary>Records that a worker was killed.</summary>
    internal void MarkExited(int index)
    {
        KillCount++;
        control.Worker(index)->IsPresent = 0;
        _processes[index] = 0;
    }

    /// <summary>Throws the failure that a worker reported, if there is one.</summary>
    /// <exception cref="KillTestException">A worker reported a failure.</exception>
    internal void CheckFailures()
    {
        for (var index = 0; index < ControlMemory.WorkerCount; index++)
        {
            if (control.FailureOf(index) is { } failure)
            {
                throw new KillTestException($"{(index == ControlMemory.Auditor ? "the auditor" : $"worker {index}")}: {failure}");
            }
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes.Where(process => process > 0))
        {
            ProcessControl.Signal(process, ProcessControl.Kill);
        }
    }

    internal void Await(Func<bool> isDone, string what, int index)
    {
        var start = Stopwatch.GetTimestamp();
        for (var looks = 1; !isDone(); looks++)
        {
            CheckFailures();
            if (looks % 1000 == 0 && forkServer.StateOf(_processes[index]) is not ChildState.Running and var state)
            {
                CheckFailures();
                throw new KillTestException($"worker {index} exited without being killed: {state}");
            }

            if (Stopwatch.GetElapsedTime(start) > HangTimeout)
            {
                throw new KillTestException($"worker {index} hangs: it has not finished \"{what}\" within {HangTimeout.TotalSeconds} s");
            }

            Thread.Sleep(0);
        }
    }

    private void Fork(int index)
    {
        _processes[index] = forkServer.Fork(index, random.Next());
        control.Worker(index)->IsPresent = 1;
    }
}
