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
        string condition, IReadOnlyList<RowTally> tallies, string machineClass, DateTimeOffset stored, DateTimeOffset start, DateTimeOffset end)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Self-test: {condition}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Machine class {machineClass}, {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Bounds are one-sided, 95 %.\n\n");
        RowTally[] ordered = [.. tallies.OrderBy(tally => tally.Row.QualifiedKey, StringComparer.Ordinal)];
        text.Append("## Pairs: two builds of the same sources, and slowed ones\n\n");
        text.Append("| row | false regressions | false improvements | inconclusive | largest change of equal versions | slowdown | detected | smallest change of slowed versions | longest measuring time |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var tally in ordered)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tally.Row.Label} | {FalseRegressions([tally.Equal])} | {tally.Equal.Count(Verdict.Improved)} | {tally.Equal.Count(Verdict.Inconclusive) + tally.Slowed.Count(Verdict.Inconclusive)} | {Percent(tally.Equal.LargestPercent)} | {tally.Slowdown.Text} | {Detected([tally.Slowed])} | {Percent(tally.Slowed.SmallestPercent)} | {tally.All.Max(trials => trials.LongestSeconds):0.00} s |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| **all** | {FalseRegressions(ordered.Select(tally => tally.Equal))} | {ordered.Sum(tally => tally.Equal.Count(Verdict.Improved))} | {ordered.Sum(tally => tally.Equal.Count(Verdict.Inconclusive) + tally.Slowed.Count(Verdict.Inconclusive))} | | | {Detected(ordered.Select(tally => tally.Slowed))} | | |\n");
        foreach (var kind in ordered.GroupBy(tally => tally.Slowdown.Text).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| slowdown {kind.Key} | | | | | {kind.Key} | {Detected(kind.Select(tally => tally.Slowed))} | | |\n");
        }

        text.Append("\n## Slowdowns in the sources\n\n| row | slowdown | detected | change |\n|---|---|---|---|\n");
        foreach (var tally in ordered.Where(tally => tally.SourceSlowed.Trials > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tally.Row.Label} | {tally.SourceSlowdown} | {Detected([tally.SourceSlowed])} | {Percent(tally.SourceSlowed.SmallestPercent)} to {Percent(tally.SourceSlowed.LargestPercent)} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## Values stored {(start - stored).TotalMinutes:0} to {(end - stored).TotalMinutes:0} minutes earlier\n\nAs in a run, a row that looks worse than its stored value is paired. The percentages are those before pairing.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| row | false regressions | inconclusive | largest change of equal versions | slowdown | detected | smallest change of slowed versions |\n|---|---|---|---|---|---|---|\n");
        foreach (var tally in ordered.Where(tally => tally.StoredUnchanged.Trials > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tally.Row.Label} | {FalseRegressions([tally.StoredUnchanged])} | {tally.StoredUnchanged.Count(Verdict.Inconclusive) + tally.StoredSlowed.Count(Verdict.Inconclusive)} | {Percent(tally.StoredUnchanged.LargestPercent)} | {PlantedSlowdown.ForStored.Text} | {Detected([tally.StoredSlowed])} | {Percent(tally.StoredSlowed.SmallestPercent)} |\n");
        }

        foreach (var kind in ordered.Where(tally => tally.StoredUnchanged.Trials > 0).GroupBy(tally => tally.Row.Kind))
        {
            text.Append(CultureInfo.InvariantCulture, $"| **all of kind {kind.Key}** | {FalseRegressions(kind.Select(tally => tally.StoredUnchanged))} | | | | {Detected(kind.Select(tally => tally.StoredSlowed))} | |\n");
        }

        return text.ToString();
    }

    private static string Percent(double percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:+0.0;-0.0;0.0} %");

    private static string FalseRegressions(IEnumerable<VerdictTally> tallies)
    {
        var (regressed, trials) = Total(tallies);
        return trials == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{regressed} in {trials} (below {100 * BinomialBound.Upper(regressed, trials):0.00} %)");
    }

    private static string Detected(IEnumerable<VerdictTally> tallies)
    {
        var (detected, trials) = Total(tallies);
        return trials == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{detected} of {trials} (above {100 * BinomialBound.Lower(detected, trials):0.0} %)");
    }

    private static (int Regressed, int Trials) Total(IEnumerable<VerdictTally> tallies) =>
        tallies.Aggregate((0, 0), (sum, tally) => (sum.Item1 + tally.Count(Verdict.Regressed), sum.Item2 + tally.Trials));
}
