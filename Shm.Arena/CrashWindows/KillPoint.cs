using System.Diagnostics;

namespace Shm.Arena;

/// <summary>
/// Marks the crash windows in the code. An instrumented build (<c>-p:KillPoints=true</c>) can signal its own process in each
/// crash window. Every other build contains none of the calls.
/// </summary>
internal static unsafe partial class KillPoint
{
    /// <summary>Signals this process if a trap is set for the window.</summary>
    [Conditional("KILL_POINTS")]
    internal static void Hit(CrashWindow window) => OnHit(window);

    /// <summary>Sets the trap of this process. A build without kill points ignores the call.</summary>
    internal static void Arm(KillTrap* trap) => OnArm(trap);

    /// <summary>Selects by name the broken orderings that a patched build follows. Every other build ignores the call.</summary>
    internal static void Break(string[] orderings) => OnBreak(orderings);

    static partial void OnHit(CrashWindow window);

    static partial void OnArm(KillTrap* trap);

    static partial void OnBreak(string[] orderings);
}
