namespace Shm.Arena;

/// <summary>Crash window in which a process signals itself. The trap may lie in shared memory, where another process sets it.</summary>
internal struct KillTrap
{
    /// <summary>Crash window of the trap; <see cref="CrashWindow.None"/> while the trap is not set. This field is written last.</summary>
    internal CrashWindow Window;

    /// <summary>Number of times that the process still reaches the window until it signals itself; 1 means the next time.</summary>
    internal int HitsLeft;

    /// <summary>Number of the signal to send, such as the number of SIGKILL or SIGSTOP.</summary>
    internal int Signal;
}
