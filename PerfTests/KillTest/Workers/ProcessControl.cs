using System.Runtime.InteropServices;
using PerfTests.ChildProcesses;

namespace PerfTests.KillTest.Workers;

/// <summary>System calls that .NET does not offer, to control child processes.</summary>
internal static partial class ProcessControl
{
    internal const int Kill = 9, Continue = 18, Stop = 19;

    private const int NoHang = 1, Untraced = 2, DoFork = 11, ParentDeathSignal = 1;

    /// <summary>Forks this process. In the child, only the calling thread exists.</summary>
    /// <returns>The child's process id; 0 in the child; -1 on failure.</returns>
    [LibraryImport("libc", EntryPoint = "fork", SetLastError = true)]
    internal static partial int Fork();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Signal(int processId, int signal);

    /// <summary>Ends this process at once, without the runtime's shutdown.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    /// <summary>
    /// Moves this process into a process group of its own. Signals to the process group of its parent, such as those of Ctrl+C, then
    /// do not reach this process. The process stays in its session: the kernel divides the processors between sessions (autogroup), and
    /// the conductor, which waits by yielding, would take half of them.
    /// </summary>
    internal static void LeaveProcessGroup() => _ = SetProcessGroup(0, 0);

    /// <summary>Kills this process when the thread that forked it ends, even if this process is stopped.</summary>
    /// <param name="parent">Process id of the parent; if it has exited already, this process exits at once.</param>
    internal static void ExitWithParent(int parent)
    {
        if (Configure(ParentDeathSignal, Kill) != 0 || ParentProcess.Id != parent)
        {
            Exit(1);
        }
    }

    /// <summary>Lets forked children inherit a mapping. .NET excludes its mappings from forks.</summary>
    /// <exception cref="InvalidOperationException">madvise(MADV_DOFORK) failed.</exception>
    internal static void InheritOnFork(nint start, nint byteCount)
    {
        if (Advise(start, byteCount, DoFork) != 0)
        {
            throw new InvalidOperationException($"madvise(MADV_DOFORK) failed with errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Returns the state of a child. A child that has exited is reaped, so its state can be read once.</summary>
    internal static ChildState StateOf(int processId)
    {
        if (Wait(processId, out var status, NoHang | Untraced) != processId)
        {
            return ChildState.Running;
        }

        var signal = status & 0x7F;
        return signal switch
        {
            0x7F => ChildState.Stopped,
            0 => (ChildState)((status >> 8) & 0xFF),
            _ => (ChildState)((int)ChildState.Killed - signal),
        };
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nint start, nint byteCount, int advice);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Configure(int option, nint value);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int Wait(int processId, out int status, int options);
}

/// <summary>State of a child process: its exit code, which is 0 or greater, or one of these values.</summary>
internal enum ChildState
{
    Running = -1,
    Stopped = -2,

    /// <summary>A child that was killed by a signal has this value minus the signal's number.</summary>
    Killed = -100,
}
