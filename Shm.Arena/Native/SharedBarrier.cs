using System.Runtime.InteropServices;

namespace Shm.Arena.Native;

/// <summary>
/// Memory barrier that the calling thread executes on behalf of the running threads of other processes (membarrier(2), Linux
/// 4.16). The threads of the other processes pay nothing. A process must be registered before the barrier reaches its threads.
/// </summary>
internal static partial class SharedBarrier
{
    private const int QueryCommand = 0, GlobalCommand = 1, ExpeditedCommand = 2, RegisterCommand = 4;

    // The kernel answers a query with the supported commands, and every other command with 0.
    private static readonly Lazy<nint> s_supported = new(() => Math.Max(0, Call(QueryCommand)));

    private static readonly Lazy<bool> s_isRegistered =
        new(() => (s_supported.Value & RegisterCommand) != 0 && Call(RegisterCommand) == 0);

    /// <summary>Registers this process.</summary>
    /// <returns>False if the kernel does not know the call, or a sandbox forbids it.</returns>
    internal static bool TryRegister() => s_isRegistered.Value;

    /// <summary>Returns true if <see cref="TryRun"/> reaches the threads of another process.</summary>
    /// <param name="isRegistered">True if the other process is registered.</param>
    internal static bool Reaches(bool isRegistered) =>
        (s_supported.Value & (isRegistered ? ExpeditedCommand | GlobalCommand : GlobalCommand)) != 0;

    /// <summary>Executes a barrier on all threads of this process, and on the threads of other processes.</summary>
    /// <param name="reachesUnregistered">
    /// True also reaches the processes that are not registered. The call then takes milliseconds instead of microseconds.
    /// </param>
    /// <returns>False if the kernel refused, so that only the threads of this process were reached.</returns>
    internal static bool TryRun(bool reachesUnregistered)
    {
        Interlocked.MemoryBarrierProcessWide();
        var supported = s_supported.Value;
        return (!reachesUnregistered && (supported & ExpeditedCommand) != 0 && Call(ExpeditedCommand) == 0)
            || ((supported & GlobalCommand) != 0 && Call(GlobalCommand) == 0);
    }

    private static nint Call(int command) =>
        SystemCall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 283 : 324, command, 0, 0);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint command, nint flags, nint processor);
}
