using PerfTests.Machine;
using PerfTests.Metrics;

namespace PerfTests.Commands;

/// <summary>Lists the resources that all rows need, and the rows for which this machine has too few resources.</summary>
internal static class ResourceReport
{
    /// <summary>
    /// Returns one line for each resource with the needed and the free amount, then the rows that cannot be measured or paired
    /// here.
    /// </summary>
    public static IEnumerable<string> Lines(MachineResources has)
    {
        ITheoryRow[] rows = [.. Catalogue.TheoryRows()];
        var needs = rows.Aggregate(RowNeeds.None, (all, row) => all.Max(row.Needs)).Plus(Shortage.ProcessOverhead);
        var paired = Catalogue.Rows.Aggregate(RowNeeds.None, (all, row) => all.Max(row.PairedNeeds)).Plus(Shortage.ProcessOverhead);
        var lacks = rows.Select(row => (row.Label, Lack: Shortage.Describe(row.Needs, has))).Where(row => row.Lack is not null).ToArray();
        var unpaired = Catalogue.Rows.Where(row => Shortage.Describe(row.Needs, has) is null)
            .Select(row => (row.Label, Lack: Shortage.Describe(row.PairedNeeds, has))).Where(row => row.Lack is not null).ToArray();
        return
        [
            "resources:",
            Line(string.Empty, "all rows need", "paired rows need", "free here"),
            Line("/dev/shm", Needed(needs.SharedMemoryBytes), Needed(paired.SharedMemoryBytes), Free(has.FreeSharedMemoryBytes)),
            Line("memory", Needed(Total(needs)), Needed(Total(paired)), Free(has.FreeMemoryBytes)),
            Line("open files", Count(needs.OpenFiles), Count(paired.OpenFiles), Count(has.FreeOpenFiles)),
            Line("mappings", Count(needs.Mappings), Count(paired.Mappings), Count(has.FreeMappings)),
            Line("processors", Count(needs.Cores), Count(paired.Cores), Count(has.Cores)),
            FormattableString.Invariant($"rows that can be measured here: {rows.Length - lacks.Length} of {rows.Length}"),
            .. lacks.GroupBy(row => row.Lack!)
                .Select(group => $"  cannot be measured: {string.Join(", ", group.Select(row => row.Label))}: {group.Key}"),
            .. unpaired.GroupBy(row => row.Lack!)
                .Select(group => $"  cannot be paired: {string.Join(", ", group.Select(row => row.Label))}: {group.Key}"),
        ];
    }

    private static long Total(RowNeeds needs) => needs.MemoryBytes + needs.SharedMemoryBytes;

    private static string Line(string name, string needed, string paired, string free) => $"  {name,-11} {needed,14} {paired,17} {free,11}";

    /// <summary>Formats a need. Needs are rounded up and free sizes down, so that equal numbers mean enough.</summary>
    private static string Needed(long byteCount) => Free(byteCount + (1 << 20) - 1);

    private static string Free(long byteCount) =>
        byteCount == long.MaxValue ? "no limit" : FormattableString.Invariant($"{byteCount >> 20:N0} MiB");

    private static string Count(long count) => count > int.MaxValue ? "no limit" : FormattableString.Invariant($"{count:N0}");
}
