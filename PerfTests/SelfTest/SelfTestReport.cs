using System.Globalization;
using System.Text;
using PerfTests.Statistics;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>Writes the tables of a self-test in Markdown.</summary>
internal static class SelfTestReport
{
    /// <summary>Writes the tables.</summary>
    /// <param name="condition">Load of the machine during the trials.</param>
    /// <param name="tallies">Results of the trials.</param>
    /// <param name="machineClass">Class of the machine.</param>
    /// <param name="stored">Time at which the stored values were measured.</param>
    /// <param name="start">Time at which the trials began.</param>
    /// <param name="end">Time at which the trials ended.</param>
    public static string Render(
        string condition,
        IReadOnlyList<RowTally> tallies,
        string machineClass,
        DateTimeOffset stored,
        DateTimeOffset start,
        DateTimeOffset end)
    {
        RowTally[] ordered = [.. tallies.OrderBy(tally => tally.Row.QualifiedKey, StringComparer.Ordinal)];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Self-test: {condition}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Machine class {machineClass}, {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC. ");
        text.Append("All bounds are one-sided 95 % confidence bounds.\n\n");
        AppendUnmeasured(text, "Failed benchmarks", ordered.Where(tally => tally.Unmeasured is { HasFailed: true }));
        AppendUnmeasured(text, "Rows that were not measured here", ordered.Where(tally => tally.Unmeasured is { HasFailed: false }));
        RowTally[] tried = [.. ordered.Where(tally => tally.Unmeasured is null || tally.All.Any(trials => trials.Trials > 0))];
        AppendPairs(text, tried);
        AppendSourceSlowdowns(text, tried);
        text.Append(CultureInfo.InvariantCulture, $"\n## Values stored {Math.Max(0, (start - stored).TotalMinutes):0} to ");
        text.Append(CultureInfo.InvariantCulture, $"{CountText.Of((long)Math.Round((end - stored).TotalMinutes), "minute")} earlier\n\n");
        text.Append("As in a run, a row that looks worse than its stored value is then compared with the baseline in pairs. ");
        text.Append("The percentages are the changes against the stored value.\n\n");
        AppendStored(text, [.. tried.Where(tally => tally.StoredUnchanged.Trials > 0)]);
        return text.ToString();
    }

    private static void AppendUnmeasured(StringBuilder text, string title, IEnumerable<RowTally> tallies)
    {
        var heading = $"## {title}\n\n";
        var end = string.Empty;
        foreach (var tally in tallies)
        {
            var verdicts = tally.All.Sum(trials => trials.Trials);
            var others = verdicts == 0 ? string.Empty : $" ({CountText.Of(verdicts, "other trial")} ended with a verdict)";
            text.Append(CultureInfo.InvariantCulture, $"{heading}- {tally.Row.Label}: {tally.Unmeasured!.FirstLine}{others}\n");
            (heading, end) = (string.Empty, "\n");
        }

        text.Append(end);
    }

    private static void AppendPairs(StringBuilder text, RowTally[] tallies)
    {
        text.Append("## Paired comparisons: two builds of the same sources, and slowed benchmarks\n\n");
        AppendHeader(
            text,
            "row", "false regressions", "false improvements", "inconclusive", "largest change of equal versions",
            "slowdown", "detected", "smallest change of slowed versions", "longest measuring time");
        foreach (var tally in tallies)
        {
            AppendRow(
                text,
                tally.Row.Label, FalseRegressions([tally.Equal]), FalseImprovements([tally]), Inconclusive([tally]),
                Percent(tally.Equal.LargestPercent), tally.Slowdown.Text, Detected([tally.Slowed]), Percent(tally.Slowed.SmallestPercent),
                FormattableString.Invariant($"{tally.All.Max(trials => trials.LongestSeconds):0.00} s"));
        }

        AppendRow(
            text,
            "**all**", FalseRegressions(tallies.Select(tally => tally.Equal)), FalseImprovements(tallies), Inconclusive(tallies),
            "", "", Detected(tallies.Select(tally => tally.Slowed)), "", "");
        foreach (var kind in tallies.GroupBy(tally => tally.Slowdown.Text).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            AppendRow(text, $"slowdown {kind.Key}", "", "", "", "", kind.Key, Detected(kind.Select(tally => tally.Slowed)), "", "");
        }
    }

    private static void AppendSourceSlowdowns(StringBuilder text, RowTally[] tallies)
    {
        text.Append("\n## Slowdowns in the sources\n\n");
        AppendHeader(text, "row", "slowdown", "detected", "change");
        foreach (var tally in tallies.Where(tally => tally.SourceSlowed.Trials > 0))
        {
            AppendRow(
                text,
                tally.Row.Label, tally.SourceSlowdown!, Detected([tally.SourceSlowed]),
                $"{Percent(tally.SourceSlowed.SmallestPercent)} to {Percent(tally.SourceSlowed.LargestPercent)}");
        }
    }

    private static void AppendStored(StringBuilder text, RowTally[] tallies)
    {
        AppendHeader(
            text,
            "row", "false regressions", "inconclusive", "largest change of equal versions", "slowdown", "detected",
            "smallest change of slowed versions");
        foreach (var tally in tallies)
        {
            var inconclusive = tally.StoredUnchanged.Count(Verdict.Inconclusive) + tally.StoredSlowed.Count(Verdict.Inconclusive);
            AppendRow(
                text,
                tally.Row.Label, FalseRegressions([tally.StoredUnchanged]), Text(inconclusive),
                Percent(tally.StoredUnchanged.LargestPercent), PlantedSlowdown.ForStored(tally.Row).Text, Detected([tally.StoredSlowed]),
                Percent(tally.StoredSlowed.SmallestPercent));
        }

        foreach (var kind in tallies.GroupBy(tally => tally.Row.Kind))
        {
            AppendRow(
                text,
                $"**all of kind {kind.Key}**", FalseRegressions(kind.Select(tally => tally.StoredUnchanged)), "", "", "",
                Detected(kind.Select(tally => tally.StoredSlowed)), "");
        }
    }

    private static void AppendHeader(StringBuilder text, params string[] names)
    {
        AppendRow(text, names);
        text.Append('|').AppendJoin('|', names.Select(_ => "---")).Append("|\n");
    }

    /// <summary>Appends a row of a table; an empty cell is one space wide.</summary>
    private static void AppendRow(StringBuilder text, params string[] cells) =>
        text.Append('|').AppendJoin('|', cells.Select(cell => cell.Length == 0 ? " " : $" {cell} ")).Append("|\n");

    private static string FalseImprovements(IEnumerable<RowTally> tallies) =>
        Text(tallies.Sum(tally => tally.Equal.Count(Verdict.Improved)));

    private static string Inconclusive(IEnumerable<RowTally> tallies) =>
        Text(tallies.Sum(tally => tally.Equal.Count(Verdict.Inconclusive) + tally.Slowed.Count(Verdict.Inconclusive)));

    private static string FalseRegressions(IEnumerable<VerdictTally> tallies)
    {
        var (regressed, trials) = Total(tallies);
        return trials == 0
            ? "-"
            : FormattableString.Invariant($"{regressed} in {trials} (below {100 * BinomialBound.Upper(regressed, trials):0.00} %)");
    }

    private static string Detected(IEnumerable<VerdictTally> tallies)
    {
        var (detected, trials) = Total(tallies);
        return trials == 0
            ? "-"
            : FormattableString.Invariant($"{detected} of {trials} (above {100 * BinomialBound.Lower(detected, trials):0.0} %)");
    }

    private static (int Regressed, int Trials) Total(IEnumerable<VerdictTally> tallies) =>
        tallies.Aggregate((0, 0), (sum, tally) => (sum.Item1 + tally.Count(Verdict.Regressed), sum.Item2 + tally.Trials));

    private static string Percent(double percent) => FormattableString.Invariant($"{percent:+0.0;-0.0;0.0} %");

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
