using System.Runtime.InteropServices;
using PerfTests.Machine;

namespace PerfTests.Measurement.Tracing;

/// <summary>Position of the program counter in the registers that ptrace returns.</summary>
internal static class ProgramCounter
{
    /// <summary>Index among the 64-bit registers: rip of <c>user_regs_struct</c> on x64, pc of <c>user_pt_regs</c> on arm64.</summary>
    public static int RegisterIndex { get; } = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 16 : 32;

    /// <summary>Checks that instructions of this processor can be counted by single-stepping.</summary>
    /// <exception cref="CannotMeasureHereException">They cannot.</exception>
    public static void RequireSingleStepping()
    {
        var architecture = RuntimeInformation.ProcessArchitecture;
        if (architecture is not (Architecture.X64 or Architecture.Arm64))
        {
            throw new CannotMeasureHereException($"instructions are counted on x64 and arm64 only, and this process is {architecture}");
        }

        // Without these instructions, an atomic operation is a loop around an exclusive store. Each single step makes the store
        // fail, so that the loop never ends.
        if (architecture == Architecture.Arm64
            && !CpuInformation.Read("/proc/cpuinfo").First("Features").Split(' ').Contains("atomics", StringComparer.Ordinal))
        {
            throw new CannotMeasureHereException("this processor lacks the atomic instructions of ARMv8.1, without which atomic "
                + "operations cannot be single-stepped");
        }
    }
}
