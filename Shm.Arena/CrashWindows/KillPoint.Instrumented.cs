#if KILL_POINTS
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <content>Members that only an instrumented build contains.</content>
internal static unsafe partial class KillPoint
{
    [ThreadStatic]
    private static IMemberScheduler? t_scheduler;

    private static KillTrap* s_trap;
    private static string[] s_broken = [];

    /// <summary>
    /// Returns true if the broken ordering of this name (a wrong order of writes) is selected. Only the patches of the kill
    /// test call this.
    /// </summary>
    internal static bool IsBroken(string ordering) => s_broken.Length != 0 && s_broken.Contains(ordering);

    static partial void OnHit(CrashWindow window)
    {
        KillTrap* trap = s_trap;
        if (trap != null
            && (CrashWindow)Volatile.Read(ref *(int*)&trap->Window) == window
            && Interlocked.Decrement(ref trap->HitsLeft) == 0)
        {
            // In a forked process, Environment.ProcessId is the id of the parent.
            _ = Signal(ProcessId(), trap->Signal);
        }

        t_scheduler?.Reach(window);
    }

    static partial void OnStep() => t_scheduler?.Step();

    static partial void OnAwait(ulong* word, ulong value, ref bool isSpun)
    {
        if (t_scheduler is { } scheduler)
        {
            scheduler.Await(word, value);
            isSpun = true;
        }
    }

    static partial void OnLook(ref int look, int maxLooks)
    {
        if (t_scheduler is { } scheduler)
        {
            scheduler.Reach(CrashWindow.None);
            look = Math.Max(look, maxLooks - 1);
        }
    }

    static partial void OnFollow(IMemberScheduler? scheduler) => t_scheduler = scheduler;

    static partial void OnArm(KillTrap* trap) => s_trap = trap;

    static partial void OnBreak(string[] orderings) => s_broken = orderings;

    [LibraryImport("libc", EntryPoint = "getpid")]
    private static partial int ProcessId();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int processId, int signal);
}
#endif
