namespace Shm.Arena;

/// <summary>The window in which a process signals itself. It may lie in memory that another process writes.</summary>
internal struct KillTrap
{
    /// <summary>The window; <see cref="CrashWindow.None"/> while the trap is not set. Written last.</summary>
    internal CrashWindow Window;

    /// <summary>Number of times that the process still passes the window until it signals itself.</summary>
    internal int HitsLeft;

    /// <summary>Number of the signal, such as that of SIGKILL or SIGSTOP.</summary>
    internal int Signal;
}
