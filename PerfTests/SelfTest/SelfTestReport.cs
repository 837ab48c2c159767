using System.Globalization;
using System.Text;
using PerfTests.Statistics;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>The tables of a self-test, in Markdown.</summary>
internal static class SelfTestReport
{
    /// <summary>Writes the tables.</summary>
    /// <param name="condition">What ran beside the trials.</param>
    /// <param name="tallies">The trials.</param>
    /// <param name="machineClass">The class of the machine.</param>
    /// <param name="stored">When the stored figures were measured.</param>
    /// <param name="start">When the trials began.</param>
    /// <param name="end">When they ended.</param>
    public static string Render(
        string condition, IReadOnlyList<RowTally> tallies, string machineClass, DateTimeOffset stored, DateTimeOffset start, DateTimeOffset end)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Self-test: {condition}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Machine class {machineClass}, {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Bounds are one-sided, 95 %.\n\n");
        RowTally[] ordered = [.. tallies.OrderBy(tally => tally.Row.QualifiedKey, StringComparer.Ordinal)];
        text.Append("## Pairs: two builds of the same sources, and slowed ones\n\n");
        text.Append("| row | called slower though equal | called faster though equal | inconclusive | nearest to a false alarm | planted | caught | weakest seen | longest measuring |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var tally in ordered)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tally.Row.Label} | {Events([tally.Equal])} | {tally.Equal.Count(Verdict.Improved)} | {tally.Equal.Count(Verdict.Inconclusive) + tally.Slowed.Count(Verdict.Inconclusive)} | {Percent(tally.Equal.LargestPercent)} | {tally.Slowdown.Text} | {Caught([tally.Slowed])} | {Percent(tally.Slowed.SmallestPercent)} | {tally.All.Max(trials => trials.LongestSeconds):0.00} s |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| **all** | {Events(ordered.Select(tally => tally.Equal))} | {ordered.Sum(tally => tally.Equal.Count(Verdict.Improved))} | {ordered.Sum(tally => tally.Equal.Count(Verdict.Inconclusive) + tally.Slowed.Count(Verdict.Inconclusive))} | | | {Caught(ordered.Select(tally => tally.Slowed))} | | |\n");
        foreach (var kind in ordered.GroupBy(tally => tally.Slowdown.Text).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| planted {kind.Key} | | | | | {kind.Key} | {Caught(kind.Select(tally => tally.Slowed))} | | |\n");
        }

        text.Append("\n## Slowdowns written into the sources\n\n| row | what was written | caught | seen |\n|---|---|---|---|\n");
        foreach (var tally in ordered.Where(tally => tally.SourceSlowed.Trials > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tally.Row.Label} | {tally.SourceSlowdown} | {Caught([tally.SourceSlowed])} | {Percent(tally.SourceSlowed.SmallestPercent)} to {Percent(tally.SourceSlowed.LargestPercent)} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## Against figures stored {(start - stored).TotalMinutes:0} to {(end - stored).TotalMinutes:0} minutes before\n\nWhat the stored figure suspects is paired, as in a run; the percentage is that of the first look.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| row | called slower though equal | inconclusive | largest | planted | caught | weakest seen |\n|---|---|---|---|---|---|---|\n");
        foreach (var tally in ordered.Where(tally => tally.StoredUnchanged.Trials > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tally.Row.Label} | {Events([tally.StoredUnchanged])} | {tally.StoredUnchanged.Count(Verdict.Inconclusive) + tally.StoredSlowed.Count(Verdict.Inconclusive)} | {Percent(tally.StoredUnchanged.LargestPercent)} | {PlantedSlowdown.ForStored.Text} | {Caught([tally.StoredSlowed])} | {Percent(tally.StoredSlowed.SmallestPercent)} |\n");
        }

        foreach (var kind in ordered.Where(tally => tally.StoredUnchanged.Trials > 0).GroupBy(tally => tally.Row.Kind))
        {
            text.Append(CultureInfo.InvariantCulture, $"| **all of kind {kind.Key}** | {Events(kind.Select(tally => tally.StoredUnchanged))} | | | | {Caught(kind.Select(tally => tally.StoredSlowed))} | |\n");
        }

        return text.ToString();
    }

    private static string Percent(double percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:+0.0;-0.0;0.0} %");

    private static string Events(IEnumerable<VerdictTally> tallies)
    {
        var (events, trials) = Total(tallies);
        return trials == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{events} in {trials} (below {100 * BinomialBound.Upper(events, trials):0.00} %)");
    }

    private static string Caught(IEnumerable<VerdictTally> tallies)
    {
        var (caught, trials) = Total(tallies);
        return trials == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{caught} of {trials} (above {100 * BinomialBound.Lower(caught, trials):0.0} %)");
    }

    private static (int Regressed, int Trials) Total(IEnumerable<VerdictTally> tallies) =>
        tallies.Aggregate((0, 0), (sum, tally) => (sum.Item1 + tally.Count(Verdict.Regressed), sum.Item2 + tally.Trials));
}
