using PerfTests.Metrics;

namespace PerfTests.History;

/// <summary>Change points of all rows in the history of one machine class.</summary>
/// <param name="Machine">Machine class of the newest run.</param>
/// <param name="Runs">Number of runs of this class.</param>
/// <param name="Rows">Number of rows with enough runs for a change point.</param>
/// <param name="ChangePoints">Change points, sorted by row and time.</param>
internal sealed record Drift(string Machine, int Runs, int Rows, IReadOnlyList<ChangePoint> ChangePoints)
{
    /// <summary>
    /// Rows that recent changes made worse by at least <see cref="ChangePoint.FailingPercent"/> on the whole, each with its last change
    /// for the worse. An accepted regression is the new start: only later changes of the row count.
    /// </summary>
    public IReadOnlyList<ChangePoint> Worse =>
    [
        .. ChangePoints.Where(point => point.IsRecent && point.IsOfCode)
            .GroupBy(point => point.Series)
            .Select(row => row.Reverse().TakeWhile(point => point.Accepted is null).ToArray())
            .Where(row => row.Length > 0
                && row.Aggregate(1.0, (factor, point) => factor * point.WorseFactor) >= 1 + (row[0].FailingPercent / 100))
            .Select(row => row.First(point => point.IsWorse)),
    ];

    /// <summary>Recent changes for the worse that an accepted regression explains.</summary>
    public IReadOnlyList<ChangePoint> Accepted => [.. ChangePoints.Where(point => point.IsRecent && point.Accepted is not null)];

    /// <summary>Finds the change points of a history.</summary>
    /// <param name="history">Runs, oldest first. Only runs of the newest run's machine class are used.</param>
    /// <param name="limits">Tolerances of the rows.</param>
    /// <param name="accepted">Accepted regressions of this class by key of the row, beside those of the history.</param>
    public static Drift Of(
        IReadOnlyList<HistoryRun> history,
        DriftLimits limits,
        IReadOnlyList<KeyValuePair<string, AcceptedRegression>>? accepted = null)
    {
        var machine = history.Count > 0 ? history[^1].Machine : string.Empty;
        HistoryRun[] runs = [.. history.Where(run => run.Machine == machine)];
        var regressions = runs.SelectMany(run => run.Accepted ?? new Dictionary<string, AcceptedRegression>())
            .Concat(accepted ?? [])
            .ToLookup(row => row.Key, row => row.Value, StringComparer.Ordinal);
        var series = HistorySeries.Of(runs).Where(row => row.Values.Count >= 2 * ChangePointDetector.MinDistance).ToArray();
        ChangePoint[] points =
        [
            .. series.SelectMany(row => ChangePointDetector.Find(row.Values)
                .Select(change => new ChangePoint(row, change, runs[^1].Moment, limits)))
                .Select(point => point with { Accepted = Explain(point, regressions[point.Series.Key]) }),
        ];
        return new Drift(machine, runs.Length, series.Length, [.. points.Select(point => WithSide(point, points))]);
    }

    /// <summary>Returns the newest accepted regression that explains a change.</summary>
    private static AcceptedRegression? Explain(ChangePoint point, IEnumerable<AcceptedRegression> accepted) =>
        accepted.Where(point.IsExplainedBy).MaxBy(one => one.Moment);

    /// <summary>Explains a change of a speed-up, which no baseline stores, by the accepted change of the row that it divides by.</summary>
    private static ChangePoint WithSide(ChangePoint point, ChangePoint[] all)
    {
        var ratio = SpeedUps.All.FirstOrDefault(one => one.Key == MetricRow.WithoutTrace(point.Series.Key));
        var side = ratio is null ? null : Array.Find(all, other =>
            other.Accepted is not null && CatalogueKeys.Find(other.Series.Key) == ratio.Fast && point.IsExplainedBy(other));
        return side is null ? point : point with { Accepted = side.Accepted };
    }
}
