using PerfTests.Machine;
using PerfTests.Metrics.Scenarios;

namespace PerfTests.Metrics;

/// <summary>What finding an address among many arenas takes beside a load and an add, and beside finding it in one.</summary>
internal static class DirectoryLookups
{
    /// <summary>Numbers of arenas at which the directory is measured.</summary>
    public static IReadOnlyList<int> ArenaCounts { get; } = [1, 100, 10_000];

    /// <summary>Lookups that each wait for the answer before, which is how a lookup by itself is measured.</summary>
    public static SpeedUp AgainstFloor(int arenas) => new(
        FormattableString.Invariant($"directory_lookup_{arenas}_against_floor"),
        FormattableString.Invariant($"Finding an address among {arenas:N0} arenas: against a load and an add"),
        MetricGroup.AddressTranslation,
        Floor(nameof(TranslationFloorScenario.LoadAndAdd), arenas),
        Lookup(nameof(DirectoryLookupScenario.Resolve), arenas),
        AtLeast: 1 / 1.3);

    /// <summary>
    /// Lookups that do not wait for one another: the two checks are instructions that the floor does not have, and it takes 1.5
    /// times as long, 2.2 beside other work. The bound leaves room for machines that run fewer instructions at once.
    /// </summary>
    public static SpeedUp AtOnceAgainstFloor { get; } = new(
        "directory_lookups_at_once_against_floor",
        "Finding many addresses at once among 100 arenas: against a load and an add",
        MetricGroup.AddressTranslation,
        Floor(nameof(TranslationFloorScenario.LoadAndAddMany), 100),
        Lookup(nameof(DirectoryLookupScenario.ResolveMany), 100),
        AtLeast: 1 / 3.0);

    /// <summary>At most 1.5 times the time of one arena, said as a speed-up. Both have one draw of the layout.</summary>
    public static SpeedUp Flatness { get; } = new(
        "directory_lookup_flatness",
        "Finding an address among arenas: 1 against 10,000",
        MetricGroup.AddressTranslation,
        Lookup(nameof(DirectoryLookupScenario.Resolve), 1) with { Copies = 1 },
        Lookup(nameof(DirectoryLookupScenario.Resolve), 10_000),
        AtLeast: 1 / 1.5);

    /// <summary>The least that could translate an address.</summary>
    public static MetricRow Floor(string benchmark, int arenas) =>
        Row<TranslationFloorScenario>("translation_floor", benchmark, arenas, MetricRow.UsualCopies, RowNeeds.None);

    // Ten thousand arenas take as many descriptors, of which a process may often have twenty thousand.
    private static MetricRow Lookup(string benchmark, int arenas) =>
        Row<DirectoryLookupScenario>("directory_lookup", benchmark, arenas, arenas > 1_000 ? 1 : MetricRow.UsualCopies, ScenarioNeeds.EmptyArenas(arenas));

    private static MetricRow Row<TScenario>(string id, string benchmark, int arenas, int copies, RowNeeds needs) =>
        new Metric(id, "Translating an address", MetricGroup.AddressTranslation, MetricUnit.Nanoseconds, MetricKind.Computing)
            .Row<TScenario>(Allocators.Arena, benchmark, parameters: [new RowParameter("arenas", arenas)], copies: copies, needs: needs).Rows[0];
}
