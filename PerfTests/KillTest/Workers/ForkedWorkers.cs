using System.Runtime.InteropServices;
using PerfTests.ChildProcesses;

namespace PerfTests.KillTest.Workers;

/// <summary>Workers that this process has forked and not reaped yet.</summary>
internal sealed class ForkedWorkers
{
    private readonly HashSet<int> _processes = [];

    // Forked workers inherit the compiled code, so the first call is made here.
    internal ForkedWorkers() => _ = ParentProcess.Id;

    /// <summary>Forks a worker, which is killed when this thread ends.</summary>
    /// <returns>The worker's process id; 0 in the worker.</returns>
    /// <exception cref="InvalidOperationException">fork failed.</exception>
    internal int Fork()
    {
        var parent = Environment.ProcessId;
        var process = ProcessControl.Fork();
        if (process == 0)
        {
            ProcessControl.ExitWithParent(parent);
            return 0;
        }

        // -1 must never be used as a process id: a signal to -1 reaches every process.
        _ = process > 0 ? _processes.Add(process)
            : throw new InvalidOperationException($"fork failed with errno {Marshal.GetLastPInvokeError()}.");
        return process;
    }

    /// <inheritdoc cref="ProcessControl.StateOf"/>
    internal ChildState StateOf(int process)
    {
        var state = ProcessControl.StateOf(process);
        if (state is not (ChildState.Running or ChildState.Stopped))
        {
            // The worker is reaped, so another process may get its id.
            _processes.Remove(process);
        }

        return state;
    }

    /// <summary>Kills all workers, and waits until they have exited.</summary>
    internal void Kill()
    {
        foreach (var process in _processes)
        {
            _ = ProcessControl.Signal(process, ProcessControl.Kill);
        }

        while (_processes.Count > 0)
        {
            _ = StateOf(_processes.First());
            Thread.Sleep(1);
        }
    }
}
