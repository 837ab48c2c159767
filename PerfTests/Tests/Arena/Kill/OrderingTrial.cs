using PerfTests.Tests.Arena.Kill.Driving;
using PerfTests.Tests.Arena.Kill.Injection;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Broken orderings, and the kills that show what they do.</summary>
/// <param name="Name">What a person calls them.</param>
/// <param name="Mask">Which they are.</param>
/// <param name="Round">The rounds, by number from 1.</param>
internal sealed record OrderingTrial(string Name, int Mask, Func<int, KillRound> Round)
{
    internal static OrderingTrial[] Fatal { get; } =
    [
        // Each alone is made good by the other two: the words, and the look for free blocks that are not listed.
        Of("take: bit cleared", BrokenOrdering.HolderAfterBit, BrokenOrdering.ListTrusted, BrokenOrdering.NothingMended),
        Of("free: holder cleared", BrokenOrdering.ListTrusted, BrokenOrdering.NothingMended),
        Of("free elsewhere: holder cleared", BrokenOrdering.NothingMended),
        Of("make: begun", BrokenOrdering.StateBeforeWords),
        Of("make: pages taken", BrokenOrdering.NothingRebuilt),
        Of("release: state cleared", BrokenOrdering.NothingRebuilt),

        // What others free while the stopped one has read the words and not yet cleared the notice is never listed.
        new(BrokenOrdering.NoticeClearedLate.Name, BrokenOrdering.Mask(BrokenOrdering.NoticeClearedLate), number => new KillRound(
            KillPoints.Named("collect: notice seen"), Hit: number, IsStop: true, RoundRecovery.WhenNeeded, IsCalm: true)),

        // A slab that is given up after its state was read has no owner, and is adopted although it is none any more.
        new(BrokenOrdering.AdoptedUnseen.Name, BrokenOrdering.Mask(BrokenOrdering.AdoptedUnseen), number => new KillRound(
            KillPoints.Named("recover: state read"), Hit: number, IsStop: true, RoundRecovery.WhenNeeded)),

        // The owner looks, finds the block live, and it becomes free without notice.
        new(BrokenOrdering.NoticeBeforeWord.Name, BrokenOrdering.Mask(BrokenOrdering.NoticeBeforeWord), number => new KillRound(
            KillPoints.Named("free elsewhere: notice given"), Hit: number, IsStop: true, RoundRecovery.WhenNeeded, IsCalm: true)),
    ];

    internal static OrderingTrial[] Harmless { get; } =
    [
        // The block is free by its word, and whoever adopts the slab makes the list from the words.
        Of("take: bit cleared", BrokenOrdering.HolderAfterBit),

        // With the holder first even the list can be trusted, and with nothing mended: what makes the first fatal one fatal is the order.
        Of("take: holder written", BrokenOrdering.ListTrusted, BrokenOrdering.NothingMended),

        // Whoever takes the lock over makes the pages from the states, and nobody else looks at them meanwhile.
        Of("release: owner cleared", BrokenOrdering.PagesBeforeState),

        // None of the slab's blocks was ever taken: whoever adopts it gives it up before anything looks for it in the map.
        Of("make: words written", BrokenOrdering.StateBeforePageMap),

        // What the list lacks is a free block, of which notice is given.
        Of("free: holder cleared", BrokenOrdering.ListTrusted),
    ];

    public override string ToString() => Name;

    private static OrderingTrial Of(string point, params BrokenOrdering[] orderings) => new(
        $"{string.Join(", ", orderings.Select(ordering => ordering.Name))} ({point})",
        BrokenOrdering.Mask(orderings),
        number => new KillRound(KillPoints.Named(point), Hit: number));
}
