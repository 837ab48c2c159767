using PerfTests.Machine;
using PerfTests.Metrics;

namespace PerfTests.Commands;

/// <summary>Says what the catalogue takes of a machine, and which rows this one lacks something for.</summary>
internal static class ResourceReport
{
    /// <summary>Returns the lines: needed and free of each resource, then the rows that cannot be measured or paired here, by reason.</summary>
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
            "resources:     needed by all rows, by all paired rows, free here",
            Line("/dev/shm", Mebibytes(needs.SharedMemoryBytes), Mebibytes(paired.SharedMemoryBytes), Mebibytes(has.FreeSharedMemoryBytes)),
            Line("memory", Mebibytes(Total(needs)), Mebibytes(Total(paired)), Mebibytes(has.FreeMemoryBytes)),
            Line("open files", Count(needs.OpenFiles), Count(paired.OpenFiles), Count(has.FreeOpenFiles)),
            Line("mappings", Count(needs.Mappings), Count(paired.Mappings), Count(has.FreeMappings)),
            Line("processors", Count(needs.Cores), Count(paired.Cores), Count(has.Cores)),
            FormattableString.Invariant($"can be measured here: {rows.Length - lacks.Length} of {rows.Length} rows"),
            .. lacks.GroupBy(row => row.Lack!).Select(group => $"  not: {string.Join(", ", group.Select(row => row.Label))}: {group.Key}"),
            .. unpaired.GroupBy(row => row.Lack!).Select(group => $"  not paired: {string.Join(", ", group.Select(row => row.Label))}: {group.Key}"),
        ];
    }

    private static long Total(RowNeeds needs) => needs.MemoryBytes + needs.SharedMemoryBytes;

    private static string Line(string name, string needed, string paired, string free) => $"  {name,-11} {needed,19} {paired,19} {free,10}";

    private static string Mebibytes(long byteCount) => byteCount == long.MaxValue ? "no limit" : FormattableString.Invariant($"{byteCount >> 20:N0} MiB");

    private static string Count(long count) => count > int.MaxValue ? "no limit" : FormattableString.Invariant($"{count:N0}");
}
