using Shm.Arena;
using static PerfTests.Exploration.Scenarios.Operation;

namespace PerfTests.Exploration.Scenarios;

/// <summary>
/// The scenarios whose schedules are explored. Slabs of blocks of <see cref="Half"/> have two blocks, so that few operations
/// fill and empty a slab.
/// </summary>
internal static class ScenarioCatalogue
{
    /// <summary>Size of blocks of which a slab has two.</summary>
    private const long Half = 32 << 10;

    /// <summary>Size of blocks whose slabs no block of <see cref="Half"/> fits into.</summary>
    private const long Other = 48 << 10;

    /// <summary>Size of blocks that have a slab of their own. A heap keeps no empty slab of this size.</summary>
    private const long Whole = 1 << 20;

    /// <summary>Size of a block that is larger than every size class.</summary>
    private const long Large = 5 << 19;

    /// <summary>Gets all scenarios.</summary>
    internal static IReadOnlyList<Scenario> All { get; } =
    [
        new("remote-free", Pair(0),
        [
            [Allocate("c", Half), Allocate("d", Half)],
            [Free("a"), Free("b")],
        ]),
        new("remote-free-by-two", Pair(0),
        [
            [Allocate("c", Half), Allocate("d", Half)],
            [Free("a")],
            [Free("b")],
        ]),
        new("remote-free-of-two-parts", [.. Pair(0), new(0, Allocate("c", Half)), new(0, Allocate("d", Half))],
        [
            [Allocate("e", Half), Allocate("f", Half), Allocate("g", Half), Allocate("h", Half)],
            [Free("a"), Free("c"), Free("b")],
        ]),
        new("own-and-remote-free", Pair(0),
        [
            [Free("a"), Allocate("c", Half), Allocate("d", Half)],
            [Free("b"), Allocate("e", Half)],
        ]),
        new("double-free", Pair(0),
        [
            [Allocate("c", Half)],
            [Free("a")],
            [Free("a"), Free("b")],
        ]),
        new("hand-over", Pair(0),
        [
            [HandOver("a", 1), Free("b"), Allocate("c", Half)],
            [Free("a"), Allocate("d", Half), HandOver("d", 0)],
        ]),
        new("offer-and-claim", Pair(0),
        [
            [Offer("a"), Offer("b")],
            [Claim("a"), Free("a"), Claim("b")],
            [Claim("a"), Free("a")],
        ]),
        new("slabs", [],
        [
            [Allocate("a", Whole), Allocate("b", Whole), Free("a"), Free("b")],
            [Allocate("c", Whole), Allocate("d", Whole), Free("c"), Free("d")],
        ]),
        new("large-blocks", [new(0, Allocate("a", Large))],
        [
            [Free("a")],
            [Free("a"), TryAllocate("b", Large)],
            [TryAllocate("c", Large)],
        ]),
        new("lock-take-over", [new(2, Allocate("a", Half), CrashWindow.CreateSlabPagesTaken)],
        [
            [Allocate("b", Half), Free("b")],
            [Allocate("c", Whole), Allocate("d", Whole), Free("c")],
            [],
        ]),
        new("release-take-over",
            [
                new(2, Allocate("a", Whole)), new(2, Allocate("b", Whole)), new(2, Allocate("e", Whole)), new(2, Allocate("f", Whole)),

                // The last slab that becomes empty is current, and the heap keeps one of the others.
                new(2, Free("e")), new(2, Free("f")), new(2, Free("a"), CrashWindow.ReleaseStateCleared),
            ],
        [
            [Allocate("c", Whole)],
            [Allocate("d", Whole), Recover],
            [],
        ]),
        new("recover-by-two", [.. Pair(2), new(2, Exit)],
        [
            [Recover, Allocate("c", Half)],
            [Recover, Allocate("d", Half)],
            [],
        ]),
        new("recover-beside-owner", [new(1, Allocate("c", Whole)), new(1, Allocate("d", Whole)), .. Pair(2), new(2, Exit)],
        [
            [Recover],
            [Free("c"), Allocate("e", Half), Free("d")],
            [],
        ]),
        new("adopt-beside-new-slab", [new(1, Allocate("c", Whole)), new(1, Allocate("d", Whole)), .. Pair(2), new(2, Exit)],
        [
            [AllocateAll, TryAllocate("f", Half)],
            [Free("c"), TryAllocate("e", Half)],
            [],
        ]) { SlabLimit = 3 },
        new("recover-beside-remote-free", [.. Pair(2), new(2, HandOver("a", 1)), new(2, HandOver("b", 1)), new(2, Exit)],
        [
            [Recover, Allocate("c", Half)],
            [Free("a"), Free("b")],
            [],
        ]),
        new("recover-large-block", [new(2, Allocate("a", Large)), new(2, Free("a"), CrashWindow.LargeFreeHolderCleared)],
        [
            [Recover],
            [TryAllocate("b", Large)],
            [],
        ]),
        new("attach", [.. Pair(2), new(2, Exit)],
        [
            [Attach, Allocate("c", Half)],
            [Attach, Allocate("d", Half)],
            [],
        ]),
        new("closed-heap", [.. Pair(0), new(0, ChangeHeap), .. Rest(2)],
        [
            [TryAllocate("c", Half), Free("c")],
            [Free("a"), Free("b")],
            [],
        ]),
        new("seize", [.. Pair(0), .. Rest(2)],
        [
            [Free("a"), TryAllocate("c", Half), Free("c")],
            [TryAllocate("d", Half), Free("d")],
            [],
        ]),
        new("seize-beside-remote-free", [.. Pair(0), .. Rest(2)],
        [
            [TryAllocate("c", Half), Free("c")],
            [TryAllocate("d", Half), Free("d")],
            [Free("a"), Free("b")],
        ]),
        new("seize-empty-slab", [.. Pair(0), .. Rest(2)],
        [
            [Free("a"), Free("b"), TryAllocate("c", Half)],
            [TryAllocate("d", Other), Free("d")],
            [],
        ]),
        new("seize-by-two", [.. Pair(0), .. Rest(2), new(0, Free("a"))],
        [
            [Free("b"), TryAllocate("c", Half)],
            [TryAllocate("d", Half), Free("d")],
            [TryAllocate("e", Half), TryAllocate("f", Half)],
        ]),
        new("seize-after-kill", [.. Pair(0), .. Rest(2), new(0, Free("a")), new(2, TryAllocate("c", Half), CrashWindow.SeizeOwnerMarked)],
        [
            [TryAllocate("d", Half), Free("b"), Free("d")],
            [TryAllocate("e", Half), Free("e")],
            [],
        ]),
        new("seize-and-recover", [.. Pair(2), .. Rest(1), new(2, Exit)],
        [
            [TryAllocate("c", Half), Free("c")],
            [Recover, TryAllocate("d", Half)],
            [],
        ]),
        new("detach", Pair(0),
        [
            [Offer("a"), Detach],
            [Claim("a"), Free("b"), Recover],
        ]),
        new("run-out", Pair(0),
        [
            [Free("a"), AllocateAll],
            [Free("b"), AllocateAll],
        ]),
    ];

    /// <summary>Returns the scenario of a name, or the random scenario of a seed; null if there is none.</summary>
    internal static Scenario? Find(string name) =>
        All.FirstOrDefault(scenario => scenario.Name == name) ?? RandomScenario.Find(name);

    /// <summary>Takes all pages except those of the slab that <see cref="Pair"/> fills.</summary>
    private static SetupStep[] Rest(int member) => [new(member, Allocate("rest", Scenario.CapacityBytes - (2 * Half)))];

    /// <summary>Fills a slab of a member with the blocks a and b.</summary>
    private static SetupStep[] Pair(int member) => [new(member, Allocate("a", Half)), new(member, Allocate("b", Half))];
}
