using System.Diagnostics;

namespace Shm.Arena;

/// <summary>
/// Marks the crash windows in the code. An instrumented build (<c>-p:KillPoints=true</c>) can signal its own process in each
/// crash window, and can let a scheduler choose the thread that goes on. Every other build contains none of the calls.
/// </summary>
internal static unsafe partial class KillPoint
{
    /// <summary>Signals this process if a trap is set for the window, and lets the thread's scheduler choose who goes on.</summary>
    [Conditional("KILL_POINTS")]
    internal static void Hit(CrashWindow window) => OnHit(window);

    /// <summary>
    /// Lets the thread's scheduler choose who goes on, before an access to shared memory that no crash window precedes.
    /// </summary>
    [Conditional("KILL_POINTS")]
    internal static void Step() => OnStep();

    /// <summary>
    /// Lets the thread's scheduler run other threads while a word of shared memory has a value. Without a scheduler, the call
    /// does nothing, and the caller spins.
    /// </summary>
    /// <param name="word">Word that another thread will change.</param>
    /// <param name="value">Value to wait for the end of.</param>
    /// <param name="isSpun">Set to true if a scheduler has waited, so the caller need not spin any longer.</param>
    [Conditional("KILL_POINTS")]
    internal static void Await(ulong* word, ulong value, ref bool isSpun) => OnAwait(word, value, ref isSpun);

    /// <summary>Sets the trap of this process. A build without kill points ignores the call.</summary>
    internal static void Arm(KillTrap* trap) => OnArm(trap);

    /// <summary>Selects by name the broken orderings that a patched build follows. Every other build ignores the call.</summary>
    internal static void Break(string[] orderings) => OnBreak(orderings);

    /// <summary>
    /// Lets the thread's scheduler choose who goes on, in a loop that looks a number of times whether another thread has gone
    /// on. With a scheduler, the next look is the last: more looks would show nothing new.
    /// </summary>
    [Conditional("KILL_POINTS")]
    internal static void Look(ref int look, int maxLooks) => OnLook(ref look, maxLooks);

    /// <summary>Gives the calling thread a scheduler; null removes it. A build without kill points ignores the call.</summary>
    internal static void Follow(IMemberScheduler? scheduler) => OnFollow(scheduler);

    static partial void OnHit(CrashWindow window);

    static partial void OnStep();

    static partial void OnAwait(ulong* word, ulong value, ref bool isSpun);

    static partial void OnLook(ref int look, int maxLooks);

    static partial void OnFollow(IMemberScheduler? scheduler);

    static partial void OnArm(KillTrap* trap);

    static partial void OnBreak(string[] orderings);
}
