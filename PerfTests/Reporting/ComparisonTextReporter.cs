using System.Globalization;
using System.Text;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>
/// Writes a text file: the verdict, the changed rows, the original allocator beside the arena, and the bottleneck analysis.
/// </summary>
public sealed class ComparisonTextReporter : IReporter
{
    private static readonly string s_rule = new('=', 64);

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        var stamp = results.Timestamp.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"comparison_{stamp}.txt");
        return [AtomicFile.Write(path, Render(results))];
    }

    /// <summary>Returns the text of the report.</summary>
    public static string Render(ResultsDocument results)
    {
        var text = new StringBuilder();
        text.Append(Headline.WithCounts(results)).Append('\n');
        AppendChanges(text, results);
        foreach (var group in Enum.GetValues<MetricGroup>())
        {
            Heading(text, ReadableName.Of(group).ToUpperInvariant());
            var pairs = AllocatorPair.Of(results, group);
            if (pairs.Count == 0)
            {
                text.Append("Not measured on two allocators in this run.\n\n");
            }

            foreach (var pair in pairs)
            {
                Append(text, pair);
            }
        }

        AppendBottleneck(text, BottleneckAnalysis.Of(results));
        text.Append(CultureInfo.InvariantCulture, $"Machine class: {SafeText.OneLine(results.Metadata.MachineClass ?? "unknown")}\n");
        var changes = results.Metadata.GitDirty ? " with uncommitted changes" : string.Empty;
        text.Append(CultureInfo.InvariantCulture, $"Commit: {SafeText.OneLine(results.Metadata.GitCommit ?? "unknown")}{changes}\n");
        text.Append(CultureInfo.InvariantCulture, $"Time: {SafeText.OneLine(results.TimeText)}\n");
        return text.ToString();
    }

    private static void Heading(StringBuilder text, string heading) =>
        text.Append(s_rule).Append('\n').Append(heading).Append('\n').Append(s_rule).Append("\n\n");

    private static void AppendChanges(StringBuilder text, ResultsDocument results)
    {
        var changed = ChangedRows.Of(results);
        if (changed.Count == 0)
        {
            text.Append(results.Metrics.Count > 0 ? "Nothing changed beyond noise.\n\n" : "\n");
            return;
        }

        text.AppendJoin('\n', ConsoleTable.Lines(changed)).Append('\n');
        foreach (var row in changed.Where(row => row.Judgement!.Verdict == Verdict.Regressed))
        {
            text.Append(SafeText.OneLine(row.Judgement!.Message)).Append('\n');
            if (ReproductionCommand.Of(results.Metadata, row) is { } command)
            {
                text.Append("  measure again: ").Append(command).Append('\n');
            }
        }

        text.Append('\n');
    }

    private static void AppendBottleneck(StringBuilder text, BottleneckAnalysis analysis)
    {
        Heading(text, "BOTTLENECK ANALYSIS");
        if (analysis.Parts.Count > 0)
        {
            var total = ValueText.Format(analysis.TotalNanoseconds, MetricUnit.Nanoseconds);
            text.Append("Creating, filling and removing a segment of 1 MiB takes ").Append(total).Append(", the sum of the parts:\n");
            var width = analysis.Parts.Max(part => part.Name.Length);
            foreach (var part in analysis.Parts)
            {
                text.Append(
                    CultureInfo.InvariantCulture, $"  {part.Name.PadRight(width)}  {Time(part),12}  {analysis.Percent(part),5:0.0} %\n");
            }
        }

        foreach (var part in analysis.Beside)
        {
            text.Append(CultureInfo.InvariantCulture, $"  in addition, {part.Name}: {Time(part)}\n");
        }

        foreach (var missing in analysis.Missing)
        {
            text.Append(CultureInfo.InvariantCulture, $"  not measured: {missing}\n");
        }

        text.Append('\n');
    }

    private static string Time(BottleneckPart part) => ValueText.Format(part.Nanoseconds, MetricUnit.Nanoseconds);

    private static bool IsSpeed(MetricUnit unit) => unit == MetricUnit.Nanoseconds || unit.Symbol.EndsWith("/s", StringComparison.Ordinal);

    private static void Append(StringBuilder text, AllocatorPair pair)
    {
        var unit = MetricUnit.ByName[pair.Original.Unit];
        var (original, other) = (pair.OriginalText, pair.OtherText);
        var width = Math.Max(original.Length, other.Length);
        var (better, worse, equal) = IsSpeed(unit) ? ("faster", "slower", "equally fast") : ("better", "worse", "equal");
        var improvement = UnpairedRatio.Sign(pair.Improvement) switch
        {
            > 0 => $"{ValueText.Format(pair.Improvement)}x {better}",
            < 0 => $"none: {ValueText.Format(1 / pair.Improvement)}x {worse}",
            0 => $"none: {equal}",
            _ => "unknown",
        };
        text.Append(SafeText.OneLine(pair.Title)).Append('\n');
        text.Append(Label(Allocators.All[0].Title)).Append(original.PadLeft(width)).Append('\n');
        text.Append(Label(pair.OtherTitle)).Append(other.PadLeft(width)).Append('\n');
        var how = pair.IsSideBySide ? ", measured side by side" : string.Empty;
        text.Append(Label("improvement")).Append(improvement).Append(how).Append("\n\n");
    }

    /// <summary>Formats the label of a line, such as <c>  Original:    </c>.</summary>
    private static string Label(string name)
    {
        var capitalised = string.Concat(name.Take(1).Select(char.ToUpperInvariant).Concat(name.Skip(1)));
        return $"  {SafeText.OneLine(capitalised)}:".PadRight("  Improvement: ".Length);
    }
}
