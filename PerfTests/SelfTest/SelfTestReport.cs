using System.Globalization;
using System.Text;
using PerfTests.Statistics;

namespace PerfTests.SelfTest;

/// <summary>The table of a self-test, in Markdown.</summary>
internal static class SelfTestReport
{
    public static string Render(string condition, IReadOnlyList<RowTally> tallies, string machineClass, DateTimeOffset time)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Self-test: {condition}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Machine class {machineClass}, {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Bounds are one-sided, 95 %.\n\n");
        text.Append("| row | tolerance exceeded though equal | called faster though equal | inconclusive | planted | caught | nearest to a false alarm | weakest planted | longest measuring |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|\n");
        foreach (var tally in tallies.OrderBy(tally => tally.Row.QualifiedKey, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tally.Row.Label} | {Events(tally.FalseAlarms, tally.SameTrials)} | {tally.FalseImprovements} | {tally.Inconclusive} | {tally.Planted.Text} | {Caught(tally.Caught, tally.SlowedTrials)} | {tally.LargestSamePercent:+0.0;-0.0;0.0} % | {tally.SmallestSlowedPercent:+0.0;-0.0;0.0} % | {tally.LongestSeconds:0.00} s |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| **all** | {Events(tallies.Sum(tally => tally.FalseAlarms), tallies.Sum(tally => tally.SameTrials))} | {tallies.Sum(tally => tally.FalseImprovements)} | {tallies.Sum(tally => tally.Inconclusive)} | | {Caught(tallies.Sum(tally => tally.Caught), tallies.Sum(tally => tally.SlowedTrials))} | | | |\n");
        foreach (var kind in tallies.GroupBy(tally => tally.Planted.Text).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| planted {kind.Key} | | | | {kind.Key} | {Caught(kind.Sum(tally => tally.Caught), kind.Sum(tally => tally.SlowedTrials))} | | | |\n");
        }

        return text.ToString();
    }

    private static string Events(int events, int trials) => trials == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{events} in {trials} (below {100 * BinomialBound.Upper(events, trials):0.00} %)");

    private static string Caught(int caught, int trials) => trials == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{caught} of {trials} (above {100 * BinomialBound.Lower(caught, trials):0.0} %)");
}
