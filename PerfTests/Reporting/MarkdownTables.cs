using System.Globalization;
using System.Text;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>The tables of the Markdown report.</summary>
internal static class MarkdownTables
{
    /// <summary>Every figure.</summary>
    public static string AllRows(ResultsDocument results) => Rows(results.Metrics.Values);

    /// <summary>These figures.</summary>
    public static string Rows(IEnumerable<MetricResult> figures)
    {
        var text = new StringBuilder("| row | measured | baseline | change | verdict |\n|---|--:|--:|--:|---|\n");
        foreach (var figure in figures)
        {
            var unit = MetricUnit.ByName[figure.Unit];
            var baseline = figure.Judgement?.BaselineValue is { } value ? ValueText.Format(value, unit) : "-";
            var bound = unit.HasBounds && baseline != "-" ? $"{unit.BoundWord} " : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"| {SafeText.Code(figure.Name)} | {ValueText.Format(figure.Value, unit)} | {bound}{baseline} | {Change.Of(figure)} | {(figure.Judgement is { } judgement ? VerdictName.Of(judgement.Verdict) : "-")} |\n");
        }

        return text.ToString();
    }

    /// <summary>The original allocator against the arena.</summary>
    public static string Pairs(ResultsDocument results)
    {
        var text = new StringBuilder("| what | original | arena | speed-up |\n|---|--:|--:|--:|\n");
        foreach (var pair in Enum.GetValues<MetricGroup>().SelectMany(group => AllocatorPair.Of(results, group)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {SafeText.Code(pair.Title)} | {Format(pair.Original)} | {Format(pair.Arena)} | {ValueText.Format(pair.Improvement)}x |\n");
        }

        return text.ToString();
    }

    /// <summary>The shares of an operation's parts.</summary>
    public static string Bottleneck(ResultsDocument results)
    {
        var analysis = BottleneckAnalysis.Of(results);
        var text = new StringBuilder();
        if (analysis.Largest is { } largest)
        {
            text.Append(CultureInfo.InvariantCulture, $"Of making, filling and removing a segment of 1 MiB, as far as it was measured, **{largest.Name}** takes most: {analysis.Percent(largest):0} % of {ValueText.Format(analysis.TotalNanoseconds, MetricUnit.Nanoseconds)}.\n\n");
            text.Append("| part | time | share |\n|---|--:|--:|\n");
            foreach (var part in analysis.Parts)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {part.Name} | {ValueText.Format(part.Nanoseconds, MetricUnit.Nanoseconds)} | {analysis.Percent(part):0.0} % |\n");
            }
        }

        if (analysis.Beside.Count > 0)
        {
            text.Append("\nBeside that, for another process to have the block:\n\n");
            foreach (var part in analysis.Beside)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {part.Name}: {ValueText.Format(part.Nanoseconds, MetricUnit.Nanoseconds)}\n");
            }
        }

        if (analysis.Missing.Count > 0)
        {
            text.Append("\nNot measured in this run:\n\n");
            foreach (var missing in analysis.Missing)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {missing}\n");
            }
        }

        return text.ToString();
    }

    private static string Format(MetricResult figure) => ValueText.Format(figure.Value, MetricUnit.ByName[figure.Unit]);
}
