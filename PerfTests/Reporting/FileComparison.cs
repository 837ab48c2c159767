using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Two results files, row by row.</summary>
/// <param name="Rows">The rows that both files have, in the order of the later file.</param>
/// <param name="Uncompared">The rows that only one file has, or that cannot be used in one of them.</param>
/// <param name="WhyNotComparable">Why nothing can be compared, or null.</param>
public sealed record FileComparison(IReadOnlyList<ComparedFigure> Rows, IReadOnlyList<UncomparedRow> Uncompared, string? WhyNotComparable)
{
    /// <summary>True if a row is worse beyond its tolerance.</summary>
    public bool HasRegressed => Rows.Any(row => row.Verdict == Verdict.Regressed);

    /// <summary>Number of rows that cannot be compared.</summary>
    public int NotComparableCount => Uncompared.Count + Rows.Count(row => row.Verdict == Verdict.NotComparable);

    /// <summary>Compares; nothing is measured again, so what is worse beyond the tolerance counts as regressed.</summary>
    /// <param name="before">The file to compare with.</param>
    /// <param name="after">The file to judge.</param>
    /// <param name="tolerance">Gives how much worse a row may be; null stands for a row that the catalogue does not have.</param>
    public static FileComparison Of(ResultsDocument before, ResultsDocument after, Func<MetricRow?, Tolerance> tolerance)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(tolerance);
        var (old, own) = (ComparedFile.Of(before, "the first file"), ComparedFile.Of(after, "the second file"));
        string[] keys = [.. own.Keys, .. old.Keys.Except(own.Keys)];
        UncomparedRow[] uncompared = [.. keys.Select(key => UncomparedRow.Of(key, old, own)).OfType<UncomparedRow>()];
        var (then, now) = (before.Metadata.MachineClass, after.Metadata.MachineClass);
        if (then is not null && now is not null && then != now)
        {
            return new FileComparison(
                [],
                uncompared,
                $"the files are of different machine classes ({then} and {now}), and figures are never compared across machines");
        }

        ComparedFigure[] rows = [.. keys.Except(uncompared.Select(row => row.Key))
            .Select(key => ComparedFigure.Of(key, old.Figures[key], own.Figures[key], tolerance(RowKeys.Find(key))))];
        var whyNot = rows.Length == 0 ? "the files have no row in common"
            : Array.TrueForAll(rows, row => row.Verdict == Verdict.NotComparable) ? "no row that both files have can be compared"
            : null;
        return new FileComparison(rows, uncompared, whyNot);
    }
}
