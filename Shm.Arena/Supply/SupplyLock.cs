using System.Globalization;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// The lock of the supply of slabs and large blocks. It survives its holder: whoever waits and sees that the holder is
/// dead takes the lock over and has the supply made again from the slab parts, which are changed by one word each.
/// A token is never used twice, so of several that see the same death one succeeds.
/// </summary>
internal sealed unsafe class SupplyLock(ArenaMemory memory, Membership membership, string name)
{
    private const int SpinsBeforeAsking = 100;

    /// <summary>Longest wait for a living holder that keeps the lock. Tests of a stopped holder shorten it.</summary>
    internal static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes the lock.</summary>
    /// <returns>True if its holder died with it: the caller must repair the supply before it does anything else.</returns>
    /// <exception cref="ShmException">A living holder, stopped or debugged, has not let it go for half a minute.</exception>
    internal bool Enter()
    {
        ref ulong word = ref memory.Header->SupplyLock;
        return Interlocked.CompareExchange(ref word, membership.Token, 0) != 0 && EnterSlowly(ref word);
    }

    internal void Exit() => Interlocked.CompareExchange(ref memory.Header->SupplyLock, 0, membership.Token);

    private bool EnterSlowly(ref ulong word)
    {
        var spin = new SpinWait();
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        ulong latest = 0;
        while (true)
        {
            ulong holder = Volatile.Read(ref word);
            if (holder != latest)
            {
                (latest, deadline) = (holder, Environment.TickCount64 + (long)Patience.TotalMilliseconds);
            }

            if (holder == 0)
            {
                if (Interlocked.CompareExchange(ref word, membership.Token, 0) == 0)
                {
                    return false;
                }
            }
            else if (spin.Count >= SpinsBeforeAsking)
            {
                if (!membership.IsAlive((uint)holder) && Interlocked.CompareExchange(ref word, membership.Token, holder) == holder)
                {
                    KillPoint.Hit(CrashWindow.SupplyLockTakenOver);
                    return true;
                }

                if (Environment.TickCount64 > deadline)
                {
                    ThrowStuck((uint)holder);
                }
            }

            spin.SpinOnce(sleep1Threshold: SpinsBeforeAsking);
        }
    }

    private void ThrowStuck(uint holder) => ShmException.Throw("lock", name,
        string.Create(CultureInfo.InvariantCulture, $"{membership.Describe(holder)} has held the supply lock for {Patience.TotalSeconds} s"),
        "It is stopped or being debugged: let it go on, or kill it, and the lock is free.");
}
