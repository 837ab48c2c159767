using System.Diagnostics;

namespace Shm.Arena;

/// <summary>
/// Limits the time that allocations without success spend on looking for exited processes. Asking the kernel for a lock takes
/// 1.5 µs for each attached process, and reading the start time of a process takes 27 µs. Threads may use the object at the same
/// time; at worst they look once more than needed.
/// </summary>
internal sealed class DepartureWatch
{
    /// <summary>Number of process slots whose locks every allocation without success asks for.</summary>
    private const int AlwaysWalked = 16;

    private static readonly TimeSpan s_walkPause = TimeSpan.FromMilliseconds(1), s_identityPause = TimeSpan.FromMilliseconds(10);

    private long _walked, _identityRead;
    private int _nextSlot;

    /// <summary>
    /// Returns true if the locks of all slots must be asked for now. With many slots, a walk is due 1 ms after the last walk that
    /// found no exited process. A single allocation therefore always looks, and one that is repeated overlooks only exits of the
    /// last millisecond.
    /// </summary>
    internal bool IsWalkDue(int slotCount) => slotCount <= AlwaysWalked || IsOver(_walked, s_walkPause);

    /// <summary>Records that a walk has found no exited process.</summary>
    internal void Walked() => _walked = Stopwatch.GetTimestamp();

    /// <summary>Returns the slot whose process identity is to be compared now; -1 if none is. Each slot gets its turn.</summary>
    internal int NextIdentity(int slotCount)
    {
        if (slotCount <= 1 || !IsOver(_identityRead, s_identityPause))
        {
            return -1;
        }

        _identityRead = Stopwatch.GetTimestamp();
        return _nextSlot = (_nextSlot + 1) % slotCount;
    }

    private static bool IsOver(long since, TimeSpan pause) => since == 0 || Stopwatch.GetElapsedTime(since) > pause;
}
