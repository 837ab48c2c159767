using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Two results files, figure by figure.</summary>
/// <param name="Rows">The figures that both have, in the order of the later file.</param>
/// <param name="OnlyBefore">The keys that only the earlier file has.</param>
/// <param name="OnlyAfter">The keys that only the later file has.</param>
/// <param name="WhyNotComparable">Why nothing can be compared, or null.</param>
public sealed record FileComparison(
    IReadOnlyList<ComparedFigure> Rows, IReadOnlyList<string> OnlyBefore, IReadOnlyList<string> OnlyAfter, string? WhyNotComparable)
{
    /// <summary>True if a figure is worse beyond its tolerance.</summary>
    public bool HasRegressed => Rows.Any(row => row.Verdict == Verdict.Regressed);

    /// <summary>Compares; nothing is measured again, so what is worse beyond the tolerance counts as regressed.</summary>
    /// <param name="before">What is compared with.</param>
    /// <param name="after">What is judged.</param>
    /// <param name="tolerance">What a row may be worse; null stands for a figure that no row of the catalogue measures.</param>
    public static FileComparison Of(ResultsDocument before, ResultsDocument after, Func<MetricRow?, Tolerance> tolerance)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(tolerance);
        var (old, own) = (ByCommonKey(before), ByCommonKey(after));
        string[] onlyBefore = [.. old.Keys.Where(key => !own.ContainsKey(key))];
        string[] onlyAfter = [.. own.Keys.Where(key => !old.ContainsKey(key))];
        var (then, now) = (before.Metadata.MachineClass, after.Metadata.MachineClass);
        if (then is not null && now is not null && then != now)
        {
            return new FileComparison([], onlyBefore, onlyAfter, $"the files are of different machine classes ({then} and {now}), and figures are never compared across machines");
        }

        ComparedFigure[] rows = [.. own.Where(pair => old.ContainsKey(pair.Key))
            .Select(pair => ComparedFigure.Of(pair.Key, old[pair.Key], pair.Value, tolerance(RowOf(pair.Key))))];
        var whyNot = rows.Length == 0 ? "the files have no row in common"
            : Array.TrueForAll(rows, row => row.Verdict == Verdict.NotComparable) ? "no row that both files have can be compared"
            : null;
        return new FileComparison(rows, onlyBefore, onlyAfter, whyNot);
    }

    /// <summary>One file may name a row by its bare metric, and another by everything.</summary>
    private static OrderedDictionary<string, MetricResult> ByCommonKey(ResultsDocument document)
    {
        var figures = new OrderedDictionary<string, MetricResult>(StringComparer.Ordinal);
        foreach (var (key, figure) in document.Metrics)
        {
            figures.TryAdd(RowOf(key)?.Key ?? key, figure);
        }

        return figures;
    }

    private static MetricRow? RowOf(string key) => TestIdentity.Find(key) as MetricRow;
}
