using System.Runtime.InteropServices;

namespace PerfTests.Tests.Arena.Kill.Workers;

/// <summary>What the system offers for processes and .NET does not.</summary>
internal static partial class Processes
{
    internal const int Kill = 9, Continue = 18, Stop = 19;

    private const int NoHang = 1, Untraced = 2, KeepAdvice = 11;

    /// <summary>What became of a child: its exit code from 0 on, or one of the other values.</summary>
    internal enum Fate
    {
        Running = -1,
        Stopped = -2,

        /// <summary>Killed by a signal: this value minus the signal's number.</summary>
        Killed = -100,
    }

    /// <summary>Twice this process: 0 in the child, which has the calling thread alone.</summary>
    [LibraryImport("libc", EntryPoint = "fork", SetLastError = true)]
    internal static partial int Fork();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Signal(int processId, int signal);

    /// <summary>Ends this process without any of what the runtime does on exit.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Exit(int code);

    /// <summary>Lets a child have a mapping, which .NET takes from it.</summary>
    internal static void KeepOnFork(nint start, nint byteCount)
    {
        if (Advise(start, byteCount, KeepAdvice) != 0)
        {
            throw new InvalidOperationException($"madvise(MADV_DOFORK) failed with error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>What a child is doing; one that is dead is reaped, and can't be asked for again.</summary>
    internal static Fate Ask(int processId)
    {
        if (Wait(processId, out int status, NoHang | Untraced) != processId)
        {
            return Fate.Running;
        }

        int signal = status & 0x7F;
        return signal switch
        {
            0x7F => Fate.Stopped,
            0 => (Fate)((status >> 8) & 0xFF),
            _ => (Fate)((int)Fate.Killed - signal),
        };
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nint start, nint byteCount, int advice);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int Wait(int processId, out int status, int options);
}
