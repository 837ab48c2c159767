using PerfTests.Exploration.Checking;
using Shm.Arena;

namespace PerfTests.Exploration.Scenarios;

/// <summary>
/// Member of the arena in one run: an attachment with a heap. Several attachments of one process count as several processes,
/// since the record locks belong to open files.
/// </summary>
internal sealed class ScenarioMember(int index, Attachment attachment, Ledger ledger, IReadOnlyList<ScenarioMember> peers)
{
    private readonly HashSet<ulong> _closedHeaps = [];
    private ShmArena? _arena;

    internal int Index => index;

    internal Ledger Ledger => ledger;

    /// <summary>All members of the run, this one included.</summary>
    internal IReadOnlyList<ScenarioMember> Peers => peers;

    internal bool IsAttached => _arena is not null && !ledger.HasExited(index);

    internal ShmArena Arena => _arena ?? throw new InvalidOperationException($"Member {index} is not attached.");

    internal ShmHeap Heap { get; set; } = null!;

    /// <summary>True if the thread of the member may own slabs by a heap that <see cref="ShmArena.Recover"/> opened.</summary>
    internal bool HasHeapOfThread { get; set; }

    /// <summary>
    /// Token by which others hand blocks over; the default value before the member has attached. A killed member keeps its
    /// token.
    /// </summary>
    internal ArenaMember Member => _arena?.Member ?? default;

    /// <summary>Attaches as <see cref="ShmArena.Attach"/> does.</summary>
    internal void Attach()
    {
        _arena = attachment.Open();
        if (_arena.IsRecoveryDue())
        {
            HasHeapOfThread = true;
            _arena.Recover();
        }
    }

    internal void OpenHeap() => Heap = Arena.OpenHeap();

    /// <summary>Opens another heap and closes the former one.</summary>
    internal void ChangeHeap()
    {
        var former = Heap;
        OpenHeap();
        former.Dispose();
        _closedHeaps.Add(former.Slabs.Owner);
    }

    /// <summary>Returns true if a heap of this member is open and its slab is not seized.</summary>
    /// <param name="owner">Owner of a slab, see <see cref="HeapToken"/>.</param>
    internal bool Uses(ulong owner) => HeapToken.ProcessOf(owner) == Member.Token && (owner & HeapToken.SeizedBit) == 0
        && !_closedHeaps.Contains(owner);

    /// <summary>Makes the member look to others as if its process had been killed.</summary>
    internal void Kill()
    {
        attachment.DropLocks();
        ledger.Exit(index);
    }

    /// <summary>Detaches in an orderly way.</summary>
    internal void Detach()
    {
        attachment.Detach();
        ledger.Exit(index);
    }
}
