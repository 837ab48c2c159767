using Shm.Arena;
using Shm.Core;

namespace PerfTests.Exploration.Checking;

/// <summary>
/// Knows which blocks the operations of a run have allocated, and who may hold each. The ledger lies in the memory of the
/// exploration, so it survives a member that is killed.
/// </summary>
internal sealed unsafe class Ledger
{
    private readonly Dictionary<string, LedgerEntry> _entries = [];
    private uint _exited;

    internal IEnumerable<KeyValuePair<string, LedgerEntry>> Entries => _entries;

    internal void Clear()
    {
        _entries.Clear();
        _exited = 0;
    }

    internal void ForgetBlocks() => _entries.Clear();

    /// <summary>Records that a member was killed or has detached: recovery may free what it holds.</summary>
    internal void Exit(int member) => _exited |= 1u << member;

    internal bool HasExited(int member) => HasExitedAny(1u << member);

    internal bool HasExitedAny(uint members) => (members & _exited) != 0;

    /// <summary>Returns the block of a name if an operation may use it now; null if the block does not exist or may be free.</summary>
    internal LedgerEntry? Find(string name) => _entries.TryGetValue(name, out var entry) && entry.IsAllocated ? entry : null;

    /// <summary>Returns true if the block is live, whatever members that have exited did at last.</summary>
    internal bool MustBeLive(LedgerEntry entry) => entry.IsAllocated && !entry.MayBeFree && !HasExitedAny(entry.Holders);

    /// <summary>Returns true if the block may be live after a recovery.</summary>
    internal bool MayBeLive(LedgerEntry entry) => entry.IsAllocated && (entry.MayBeOffered || (entry.Holders & ~_exited) != 0);

    /// <summary>Records a new block and fills it with a pattern.</summary>
    /// <exception cref="ExplorationException">The block overlaps another live block.</exception>
    internal void Add(string name, int member, ShmArena arena, in ShmBlock block)
    {
        if (Find(name) is not null)
        {
            throw new InvalidOperationException($"The scenario allocates two blocks with the name {name}.");
        }

        CheckIsNew(name, block);
        _entries[name] = new LedgerEntry { Block = block, IsAllocated = true, Holders = 1u << member };
        (*First(arena, block), *Last(arena, block)) = (Stamp(block), Stamp(block));
    }

    /// <exception cref="ExplorationException">The block overlaps another live block.</exception>
    internal void CheckIsNew(string name, in ShmBlock block)
    {
        foreach (var (otherName, other) in _entries)
        {
            if (other.Overlaps(block) && MustBeLive(other))
            {
                throw new ExplorationException($"double hand-out: {name} was allocated as {block}, but {otherName} is live: {other.Block}");
            }
        }
    }

    /// <exception cref="ExplorationException">The bytes of the block are not those that were written.</exception>
    internal static void CheckPattern(string name, ShmArena arena, in ShmBlock block)
    {
        if (*First(arena, block) != Stamp(block) || *Last(arena, block) != Stamp(block))
        {
            throw new ExplorationException($"{name} was overwritten: {block}");
        }
    }

    public override string ToString() =>
        string.Join("; ", _entries.Select(pair => $"{pair.Key}: {pair.Value.Block}{(pair.Value.IsAllocated ? "" : " freed")}"));

    private static ulong Stamp(in ShmBlock block) => ((ulong)block.Offset << 32) ^ block.Generation;

    private static ulong* First(ShmArena arena, in ShmBlock block) => (ulong*)(arena.BaseAddress + (nint)block.Offset);

    private static ulong* Last(ShmArena arena, in ShmBlock block) =>
        (ulong*)(arena.BaseAddress + (nint)(block.Offset + block.ByteCount - sizeof(ulong)));
}
