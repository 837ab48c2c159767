using System.Globalization;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Lock of the supply. If a process exits while it holds the lock, a process that waits for the lock takes it over and rebuilds
/// the supply from the states of the slabs. The states suffice, since a slab is created or released by one write to its state.
/// </summary>
internal sealed unsafe class SupplyLock(ArenaMemory memory, Membership membership, string name)
{
    private const int SpinsBeforeAsking = 100;

    /// <summary>
    /// Maximum wait for the lock while one process that has not exited holds it. Time during which the waiting process is itself
    /// stopped does not count. Tests shorten the wait.
    /// </summary>
    internal static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes the lock.</summary>
    /// <returns>
    /// True if the lock was taken over from a process that has exited. The caller must then rebuild the supply before it does
    /// anything else.
    /// </returns>
    /// <exception cref="ShmException">
    /// Another process has held the lock for <see cref="Patience"/>: it is stopped or in a debugger.
    /// </exception>
    internal bool Enter() => !memory.Header->TryTakeSupplyLock(membership.Token) && EnterSlowly();

    internal void Exit()
    {
        memory.Header->ReleaseSupplyLock(membership.Token);
        KillPoint.Step();
    }

    private bool EnterSlowly()
    {
        var header = memory.Header;
        var spin = new SpinWait();
        var waited = new WaitingTime(Environment.TickCount64);
        ulong latest = 0;
        while (true)
        {
            var holder = header->ReadSupplyLockHolder();
            if (holder != latest)
            {
                (latest, waited) = (holder, new WaitingTime(Environment.TickCount64));
            }

            if (holder == 0)
            {
                if (header->TryTakeSupplyLock(membership.Token))
                {
                    return false;
                }
            }
            else
            {
                var isSpun = spin.Count >= SpinsBeforeAsking;
                KillPoint.Await(&header->SupplyLock, holder, ref isSpun);
                if (isSpun && membership.HasExited((uint)holder) && header->TryTakeSupplyLockFrom(holder, membership.Token))
                {
                    KillPoint.Hit(CrashWindow.SupplyLockTakenOver);
                    return true;
                }

                waited.Add(Environment.TickCount64);
                if (isSpun && waited.Milliseconds > Patience.TotalMilliseconds)
                {
                    ThrowStuck((uint)holder);
                }
            }

            spin.SpinOnce(sleep1Threshold: SpinsBeforeAsking);
        }
    }

    private void ThrowStuck(uint holder) => ShmException.Throw("lock", name,
        string.Create(CultureInfo.InvariantCulture,
            $"{membership.Describe(holder)} has held the supply lock for {Patience.TotalSeconds} s"),
        "It is stopped or being debugged: continue or kill that process to free the lock.");
}
