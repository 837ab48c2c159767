using System.Runtime.InteropServices;

namespace PerfTests.Measurement.Tracing;

/// <summary>
/// Declarations of ptrace(2) and waitpid(2). A process may trace its own children without privileges. All calls for a traced
/// thread must come from the thread that began to trace it.
/// </summary>
internal static unsafe partial class Ptrace
{
    public const int Seize = 0x4206, Interrupt = 0x4207, Detach = 17, ContinueToSystemCall = 24, SingleStep = 9;
    public const int OptionMarkSystemCalls = 1, OptionKillWithTracer = 0x100000;

    /// <summary>Signal of the stop after a single step: SIGTRAP.</summary>
    public const int StepStop = 5;

    /// <summary>Signal of a stop at a system call: SIGTRAP with the bit that <see cref="OptionMarkSystemCalls"/> adds.</summary>
    public const int SystemCallStop = StepStop | 0x80;

    private const int GetSystemCallInfo = 0x420e, GetRegisterSet = 0x4204;
    private const int GeneralRegisters = 1; // NT_PRSTATUS

    private const int AnyThread = 0x40000000; // __WALL
    private const int Interrupted = 4;        // EINTR

    /// <summary>Calls ptrace. Returns -1 on failure; <see cref="Marshal.GetLastPInvokeError"/> then returns errno.</summary>
    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    public static partial nint Call(nint request, nint thread, nint address, nint data);

    /// <summary>Waits until the thread stops or exits.</summary>
    /// <returns>False if waitpid failed.</returns>
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

    /// <summary>Gets the system call that the stopped thread is entering or leaving.</summary>
    /// <returns>False on failure: Linux before 5.3 lacks PTRACE_GET_SYSCALL_INFO.</returns>
    public static bool TryGetSystemCall(int thread, out SystemCallInfo info)
    {
        fixed (SystemCallInfo* target = &info)
        {
            return Call(GetSystemCallInfo, thread, sizeof(SystemCallInfo), (nint)target) > 0;
        }
    }

    /// <summary>Gets the address of the instruction that the stopped thread will run next.</summary>
    /// <returns>False on failure.</returns>
    public static bool TryGetProgramCounter(int thread, out ulong address)
    {
        // user_pt_regs of arm64 is the largest set: 31 registers, sp, pc and pstate.
        var registers = stackalloc ulong[34];
        var vector = new IoVector { Base = registers, Length = 34 * sizeof(ulong) };
        var result = Call(GetRegisterSet, thread, GeneralRegisters, (nint)(&vector));
        address = registers[ProgramCounter.RegisterIndex];
        return result >= 0;
    }

    private struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitProcess(int thread, int* status, int options);

    /// <summary>Status that waitpid returns, encoded as in wait(2).</summary>
    public readonly record struct WaitStatus(int Raw)
    {
        public bool IsStopped => (Raw & 0xFF) == 0x7F;

        /// <summary>Number of the signal that stopped the thread.</summary>
        public int Signal => (Raw >> 8) & 0xFF;

        /// <summary>True if ptrace itself stopped the thread; there is then no signal to deliver to it.</summary>
        public bool IsEvent => Raw >> 16 != 0;
    }

    /// <summary>First fields of the kernel's <c>struct ptrace_syscall_info</c>, the same on every architecture.</summary>
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
