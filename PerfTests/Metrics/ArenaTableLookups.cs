using PerfTests.Machine;
using PerfTests.Metrics.Scenarios;

namespace PerfTests.Metrics;

/// <summary>
/// Speed-ups of finding an address among many arenas, compared either with one load and one addition or with finding an address
/// in one arena.
/// </summary>
internal static class ArenaTableLookups
{
    /// <summary>Numbers of arenas at which the arena table is measured.</summary>
    public static IReadOnlyList<int> ArenaCounts { get; } = [1, 100, 10_000];

    /// <summary>Returns the speed-up that compares latencies: each lookup waits for the result of the lookup before it.</summary>
    public static SpeedUp AgainstFloor(int arenas) => new(
        FormattableString.Invariant($"directory_lookup_{arenas}_against_floor"),
        FormattableString.Invariant($"Finding an address among {arenas:N0} {(arenas == 1 ? "arena" : "arenas")}: ")
            + "speed relative to one load and one addition",
        MetricGroup.AddressTranslation,
        Floor(nameof(TranslationFloorScenario.LoadAndAdd), arenas),
        Lookup(nameof(ArenaTableLookupScenario.Resolve), arenas),
        AtLeast: 1 / 1.3);

    /// <summary>
    /// Compares independent lookups, which the processor overlaps, with independent loads and additions. A lookup makes two
    /// checks in addition, so it takes 1.5 times as long, and 2.2 times as long while other programs run. The bound leaves room
    /// for machines that run fewer instructions at once.
    /// </summary>
    public static SpeedUp AtOnceAgainstFloor { get; } = new(
        "directory_lookups_at_once_against_floor",
        "Finding many addresses at once among 100 arenas: speed relative to one load and one addition each",
        MetricGroup.AddressTranslation,
        Floor(nameof(TranslationFloorScenario.LoadAndAddMany), 100),
        Lookup(nameof(ArenaTableLookupScenario.ResolveMany), 100),
        AtLeast: 1 / 3.0);

    /// <summary>
    /// Compares a lookup in one arena with a lookup among 10,000 arenas, which may take at most 1.5 times as long. Each of the
    /// two rows has one layout copy.
    /// </summary>
    public static SpeedUp Flatness { get; } = new(
        "directory_lookup_flatness",
        "Finding an address among 10,000 arenas: speed relative to finding it in one arena",
        MetricGroup.AddressTranslation,
        Lookup(nameof(ArenaTableLookupScenario.Resolve), 1) with { Copies = 1 },
        Lookup(nameof(ArenaTableLookupScenario.Resolve), 10_000),
        AtLeast: 1 / 1.5);

    /// <summary>Returns the row that times one load and one addition, the least work that can translate an address.</summary>
    public static MetricRow Floor(string benchmark, int arenas) =>
        Row<TranslationFloorScenario>("translation_floor", benchmark, arenas, MetricRow.DefaultCopies, RowNeeds.None);

    // 10,000 arenas take 10,000 file descriptors per layout copy, and a process may often open only 20,000.
    private static MetricRow Lookup(string benchmark, int arenas) =>
        Row<ArenaTableLookupScenario>(
            "directory_lookup", benchmark, arenas, arenas > 1_000 ? 1 : MetricRow.DefaultCopies, ScenarioNeeds.EmptyArenas(arenas));

    private static MetricRow Row<TScenario>(string id, string benchmark, int arenas, int copies, RowNeeds needs) =>
        new Metric(id, "Translating an address", MetricGroup.AddressTranslation, MetricUnit.Nanoseconds, MetricKind.Computing)
            .Row<TScenario>(Allocators.Arena, benchmark, parameters: [new RowParameter("arenas", arenas)], copies: copies, needs: needs)
            .Rows[0];
}
