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
    /// for the worse.
    /// </summary>
    public IReadOnlyList<ChangePoint> Worse =>
    [
        .. ChangePoints.Where(point => point.IsRecent && point.IsOfCode)
            .GroupBy(point => point.Series)
            .Where(row => row.Aggregate(1.0, (factor, point) => factor * point.WorseFactor) >= 1 + (row.First().FailingPercent / 100))
            .Select(row => row.Last(point => point.IsWorse)),
    ];

    /// <summary>Finds the change points of a history.</summary>
    /// <param name="history">Runs, oldest first. Only runs of the newest run's machine class are used.</param>
    public static Drift Of(IReadOnlyList<HistoryRun> history)
    {
        var machine = history.Count > 0 ? history[^1].Machine : string.Empty;
        HistoryRun[] runs = [.. history.Where(run => run.Machine == machine)];
        var series = HistorySeries.Of(runs).Where(row => row.Values.Count >= 2 * ChangePointDetector.LeastDistance).ToArray();
        return new Drift(machine, runs.Length, series.Length,
        [
            .. series.SelectMany(row => ChangePointDetector.Find(row.Values)
                .Select(change => new ChangePoint(row, change, runs[^1].Moment))),
        ]);
    }
}
