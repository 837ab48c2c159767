using PerfTests.Files;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>
/// Writes OpenMetrics text for GitLab's metrics report. GitLab compares the text of each value with the text on the target branch. So
/// the file contains only what changes with the code: verdicts, judged changes, counts, and published values. Prometheus has a file
/// of its own.
/// </summary>
public sealed class OpenMetricsReporter : IReporter
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "metrics.txt";

    private const string NumberFormat = "0.##########";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
        [AtomicFile.Write(Path.Combine(folder, FileName), Render(results))];

    /// <summary>Returns the text of the file.</summary>
    public static string Render(ResultsDocument results)
    {
        ArgumentNullException.ThrowIfNull(results);

        // GitLab merges the files of all jobs. Without this label, the rows of one machine would replace those of another.
        var machine = KeyValuePair.Create("machine", RowSeries.Value(results.Metadata.MachineClass ?? "unknown"));
        var samples = results.Metrics.Values.SelectMany(row => SamplesOf(row, machine));
        return ExpositionText.Render(samples, NumberFormat, hasUnits: true) + "# EOF\n";
    }

    private static IEnumerable<ExpositionSample> SamplesOf(MetricResult row, KeyValuePair<string, string> machine)
    {
        var (metric, labels) = RowSeries.Of(row);
        KeyValuePair<string, string>[] named = [machine, new("metric", metric), .. labels];
        yield return new("perf_verdict", "1: regressed, -1: improved, 0: no judged change", named, NumberOf(row.Judgement?.Verdict));

        // A row with a bound has no baseline, so it has no change either.
        if (MetricUnit.Find(row.Unit) is not { HasBound: true })
        {
            yield return new(
                "perf_change_percent",
                "Judged change of the value, positive for a larger value; 0 within the tolerance",
                named,
                Math.Round(PublishedValue.ChangePercentOf(row)))
            {
                Unit = "percent",
            };
        }

        if (PublishedValue.SteadyOf(row) is { } value)
        {
            var unit = MetricUnit.Find(row.Unit)?.OpenMetricsName ?? SafeText.Name(row.Unit, "_");
            yield return new($"perf_{metric}_{unit}", row.Title ?? row.Metric ?? row.Name, [machine, .. labels], value) { Unit = unit };
        }
    }

    private static double NumberOf(Verdict? verdict) => verdict switch
    {
        Verdict.Regressed => 1,
        Verdict.Improved => -1,
        _ => 0,
    };
}
