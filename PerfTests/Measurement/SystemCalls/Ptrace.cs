using System.Runtime.InteropServices;

namespace PerfTests.Measurement.SystemCalls;

/// <summary>
/// ptrace(2) and what it needs, one to one. A process may trace its own children without any privilege. All calls for
/// one traced thread must come from one thread.
/// </summary>
internal static unsafe partial class Ptrace
{
    public const int Seize = 0x4206, Interrupt = 0x4207, Detach = 17, ContinueToSystemCall = 24, GetSystemCallInfo = 0x420e;
    public const int OptionMarkSystemCalls = 1, OptionKillWithTracer = 0x100000;

    /// <summary>SIGTRAP with the mark that <see cref="OptionMarkSystemCalls"/> adds.</summary>
    public const int SystemCallStop = 5 | 0x80;

    private const int AnyThread = 0x40000000; // __WALL
    private const int Interrupted = 4;        // EINTR

    /// <summary>-1 is a failure; the error number is then the thread's last one.</summary>
    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    public static partial nint Call(nint request, nint thread, nint address, nint data);

    /// <summary>Waits until the thread stops or ends.</summary>
    /// <returns>False if it can't be waited for.</returns>
    public static bool Wait(int thread, out WaitStatus status)
    {
        int raw, answer;
        do
        {
            answer = WaitProcess(thread, &raw, AnyThread);
        }
        while (answer < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        status = new WaitStatus(raw);
        return answer == thread;
    }

    /// <summary>The thread waits in a system call's entry or exit; answers which.</summary>
    /// <returns>False before Linux 5.3, which can't tell.</returns>
    public static bool TryGetSystemCall(int thread, out SystemCallInfo info)
    {
        fixed (SystemCallInfo* target = &info)
        {
            return Call(GetSystemCallInfo, thread, sizeof(SystemCallInfo), (nint)target) > 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitProcess(int thread, int* status, int options);

    /// <summary>What waitpid says, in its own coding (wait(2)).</summary>
    public readonly record struct WaitStatus(int Raw)
    {
        public bool IsStopped => (Raw & 0xFF) == 0x7F;

        /// <summary>The signal that stopped it.</summary>
        public int Signal => (Raw >> 8) & 0xFF;

        /// <summary>A stop that ptrace itself made, and no signal that the thread is to get.</summary>
        public bool IsEvent => Raw >> 16 != 0;
    }

    /// <summary>The start of the kernel's <c>struct ptrace_syscall_info</c>, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 88)]
    public struct SystemCallInfo
    {
        private const byte Entry = 1;

        [FieldOffset(0)] private readonly byte _operation;
        [FieldOffset(24)] private readonly ulong _number;

        public readonly bool IsEntry => _operation == Entry;

        public readonly long Number => (long)_number;
    }
}
