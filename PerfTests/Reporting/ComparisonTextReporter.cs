using System.Globalization;
using System.Text;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>The original allocator against the arena, as plain text.</summary>
public sealed class ComparisonTextReporter : IReporter
{
    private static readonly string s_rule = new('=', 64);

    private static readonly (MetricGroup Group, string Heading)[] s_sections =
    [
        (MetricGroup.Allocation, "ALLOCATION"),
        (MetricGroup.AddressTranslation, "ADDRESS TRANSLATION"),
        (MetricGroup.Transfer, "TRANSFER"),
        (MetricGroup.TraceReplay, "TRACE REPLAY"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        var stamp = results.Timestamp.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"comparison_{stamp}.txt");
        return [AtomicFile.Write(path, Render(results))];
    }

    /// <summary>The text.</summary>
    public static string Render(ResultsDocument results)
    {
        var text = new StringBuilder();
        text.Append(OverallVerdict.Line(results)).Append("\n\n");
        foreach (var (group, heading) in s_sections)
        {
            Heading(text, heading);
            var pairs = AllocatorPair.Of(results, group);
            if (pairs.Count == 0)
            {
                text.Append("Not measured on both allocators in this run.\n\n");
            }

            foreach (var pair in pairs)
            {
                Append(text, pair);
            }
        }

        AppendBottleneck(text, BottleneckAnalysis.Of(results));
        text.Append(CultureInfo.InvariantCulture, $"Machine class: {results.Metadata.MachineClass ?? "unknown"}\n");
        text.Append(CultureInfo.InvariantCulture, $"Commit: {results.Metadata.GitCommit ?? "unknown"}{(results.Metadata.GitDirty ? " with changes" : string.Empty)}\n");
        text.Append(CultureInfo.InvariantCulture, $"Time: {results.Timestamp.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
        return text.ToString();
    }

    private static void Heading(StringBuilder text, string heading) =>
        text.Append(s_rule).Append('\n').Append(heading).Append('\n').Append(s_rule).Append("\n\n");

    private static void AppendBottleneck(StringBuilder text, BottleneckAnalysis analysis)
    {
        Heading(text, "BOTTLENECK ANALYSIS");
        if (analysis.Largest is { } largest)
        {
            text.Append(CultureInfo.InvariantCulture, $"Making, filling and removing a segment of 1 MiB; most time goes into {largest.Name}\n");
            var width = analysis.Parts.Max(part => part.Name.Length);
            foreach (var part in analysis.Parts)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {part.Name.PadRight(width)}  {Figures.Format(part.Nanoseconds, MetricUnit.Nanoseconds),12}  {analysis.Percent(part),5:0.0} %\n");
            }
        }

        foreach (var part in analysis.Beside)
        {
            text.Append(CultureInfo.InvariantCulture, $"  beside that, {part.Name}: {Figures.Format(part.Nanoseconds, MetricUnit.Nanoseconds)}\n");
        }

        foreach (var missing in analysis.Missing)
        {
            text.Append(CultureInfo.InvariantCulture, $"  not measured: {missing}\n");
        }

        text.Append('\n');
    }

    private static void Append(StringBuilder text, AllocatorPair pair)
    {
        var unit = MetricUnit.ByName[pair.Original.Unit];
        var original = Figures.Format(pair.Original.Value, unit);
        var arena = Figures.Format(pair.Arena.Value, unit);
        var width = Math.Max(original.Length, arena.Length);
        var improvement = pair.Improvement >= 1
            ? $"{Figures.Format(pair.Improvement)}x faster"
            : $"none: {Figures.Format(1 / pair.Improvement)}x slower";
        text.Append(pair.Title).Append('\n');
        text.Append("  Original:    ").Append(original.PadLeft(width)).Append('\n');
        text.Append("  Arena:       ").Append(arena.PadLeft(width)).Append('\n');
        text.Append("  Improvement: ").Append(improvement).Append("\n\n");
    }
}
