using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Baselines;

/// <summary>Comparison of two results files, row by row.</summary>
/// <param name="Rows">Rows that both files have, in the order of the later file.</param>
/// <param name="Uncompared">Rows that only one file has, or whose value in one of the files cannot be used.</param>
/// <param name="WhyNotComparable">Reason why no row can be compared; null if a row can be compared.</param>
public sealed record FileComparison(IReadOnlyList<ComparedRow> Rows, IReadOnlyList<UncomparedRow> Uncompared, string? WhyNotComparable)
{
    /// <summary>True if at least one row is worse by more than its tolerance.</summary>
    public bool HasRegressed => Rows.Any(row => row.Verdict == Verdict.Regressed);

    /// <summary>Number of rows that cannot be compared.</summary>
    public int NotComparableCount => Uncompared.Count + Rows.Count(row => row.Verdict == Verdict.NotComparable);

    /// <summary>
    /// Compares two files. No row can be measured again, so each row that is worse than its tolerance allows counts as regressed.
    /// </summary>
    /// <param name="before">File to compare with.</param>
    /// <param name="after">File to judge.</param>
    /// <param name="tolerance">Returns the tolerance of a row; the argument is null for a row that the catalogue does not have.</param>
    public static FileComparison Of(ResultsDocument before, ResultsDocument after, Func<MetricRow?, Tolerance> tolerance)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(tolerance);
        var (first, second) = (ComparedFile.Of(before, "the first file"), ComparedFile.Of(after, "the second file"));
        string[] keys = [.. second.Keys, .. first.Keys.Except(second.Keys)];
        UncomparedRow[] uncompared = [.. keys.Select(key => UncomparedRow.Of(key, first, second)).OfType<UncomparedRow>()];
        var (then, now) = (before.Metadata.MachineClass, after.Metadata.MachineClass);
        if (then is not null && now is not null && then != now)
        {
            return new FileComparison(
                [],
                uncompared,
                $"the files are of different machine classes ({then} and {now}), and values are never compared across machines");
        }

        ComparedRow[] rows = [.. keys.Except(uncompared.Select(row => row.Key))
            .Select(key => ComparedRow.Of(key, first.Rows[key], second.Rows[key], tolerance(CatalogueKeys.Find(key))))];
        var whyNot = rows.Length == 0 ? "the files have no row in common"
            : Array.TrueForAll(rows, row => row.Verdict == Verdict.NotComparable) ? "no row that both files have can be compared"
            : null;
        return new FileComparison(rows, uncompared, whyNot);
    }
}
