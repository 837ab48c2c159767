using System.Globalization;

namespace PerfTests.Exploration.Scenarios;

/// <summary>Operation of a member on the arena.</summary>
/// <param name="Text">Text that names the operation in messages.</param>
/// <param name="Run">Performs the operation.</param>
internal sealed record Operation(string Text, Action<ScenarioMember> Run)
{
    internal static Operation Attach { get; } = new("attach", member =>
    {
        member.Attach();
        member.OpenHeap();
    });

    internal static Operation Detach { get; } = new("detach", member => member.Detach());

    /// <summary>Exits without detaching.</summary>
    internal static Operation Exit { get; } = new("exit", member => member.Kill());

    /// <summary>Opens another heap and closes the former one, whose slabs nobody uses then.</summary>
    internal static Operation ChangeHeap { get; } = new("change the heap", member => member.ChangeHeap());

    internal static Operation Recover { get; } = new("recover", member =>
    {
        member.HasHeapOfThread = true;
        member.Arena.Recover();
    });

    /// <summary>Frees the offered blocks of members that have exited.</summary>
    internal static Operation ReclaimOffered { get; } = new("reclaim offered", member =>
    {
        foreach (var (_, entry) in member.Ledger.Entries.Where(pair => pair.Value.MayBeOffered))
        {
            entry.MayBeFree = true;
        }

        member.Arena.ReclaimOffered();
    });

    /// <summary>
    /// Allocates the whole arena. If it is not free, the member takes over idle slabs, recovers, and releases its empty slabs.
    /// </summary>
    internal static Operation AllocateAll { get; } = new("allocate all", member =>
    {
        var name = Invariant($"all of {member.Index}");
        if (TryAllocate(member, name, member.Arena.CapacityBytes))
        {
            Free(name).Run(member);
        }
    });

    /// <summary>Allocates a block. Fails if the arena has no room.</summary>
    internal static Operation Allocate(string name, long byteCount) => new(Invariant($"allocate {name} of {byteCount}"), member =>
    {
        if (!TryAllocate(member, name, byteCount))
        {
            throw new ExplorationException($"no room for {name} of {byteCount} bytes: {member.Arena.GetStatistics()}");
        }
    });

    /// <summary>Allocates a block if the arena has room.</summary>
    internal static Operation TryAllocate(string name, long byteCount) =>
        new(Invariant($"try to allocate {name} of {byteCount}"), member => TryAllocate(member, name, byteCount));

    /// <summary>Frees a block, if it exists and is not offered.</summary>
    internal static Operation Free(string name) => Change($"free {name}", name, isOffered: false, member => new(
        entry => entry.MayBeFree = true,
        block => member.Heap.Free(block),
        (entry, outcome) => entry.IsAllocated &= outcome == BlockChangeOutcome.Refused));

    /// <summary>Hands a block over to another member, if the block exists and is not offered.</summary>
    internal static Operation HandOver(string name, int receiver) =>
        Change(Invariant($"hand {name} over to {receiver}"), name, isOffered: false, member => new(
            entry => entry.Holders |= 1u << receiver,
            block => member.Arena.HandOver(block, member.Peers[receiver].Member),
            (entry, outcome) => entry.Holders = outcome == BlockChangeOutcome.Done ? 1u << receiver : entry.Holders));

    /// <summary>Offers a block, if it exists and is not offered.</summary>
    internal static Operation Offer(string name) => Change($"offer {name}", name, isOffered: false, member => new(
        entry => entry.MayBeOffered = true,
        block => member.Arena.Offer(block),
        (entry, outcome) => entry.Holders = outcome == BlockChangeOutcome.Done ? 0 : entry.Holders));

    /// <summary>Claims a block, if it may be offered.</summary>
    internal static Operation Claim(string name) => Change($"claim {name}", name, isOffered: true, member => new(
        entry => entry.Holders |= 1u << member.Index,
        block => member.Arena.Claim(block),
        (entry, outcome) =>
        {
            (entry.Holders, entry.MayBeOffered) = outcome == BlockChangeOutcome.Refused
                ? (entry.Holders & ~(1u << member.Index), entry.MayBeOffered)
                : (1u << member.Index, false);
        }));

    public override string ToString() => Text;

    private static bool TryAllocate(ScenarioMember member, string name, long byteCount)
    {
        var isDone = member.Heap.TryAllocate(byteCount, out var block);
        if (isDone)
        {
            member.Ledger.Add(name, member.Index, member.Arena, block);
        }

        return isDone;
    }

    private static Operation Change(string text, string name, bool isOffered, Func<ScenarioMember, BlockChange> change) =>
        new(text, member =>
        {
            if (member.Ledger.Find(name) is { } entry && entry.MayBeOffered == isOffered)
            {
                change(member).Run(member, name, entry);
            }
        });

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
