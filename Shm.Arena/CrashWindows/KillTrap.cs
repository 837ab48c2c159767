namespace Shm.Arena;

/// <summary>
/// Trap of a process: the process sends itself a signal in a certain crash window. The trap may lie in shared memory, where
/// another process sets it.
/// </summary>
internal struct KillTrap
{
    /// <summary>Crash window of the trap; <see cref="CrashWindow.None"/> while the trap is not set. This field is written last.</summary>
    internal CrashWindow Window;

    /// <summary>
    /// Number of arrivals at the window up to the one at which the process signals itself; 1 means the next arrival.
    /// </summary>
    internal int HitsLeft;

    /// <summary>Number of the signal to send, such as the number of SIGKILL or SIGSTOP.</summary>
    internal int Signal;
}
