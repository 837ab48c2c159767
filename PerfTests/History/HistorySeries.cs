namespace PerfTests.History;

/// <summary>Values of one row in the runs of one machine class, oldest first.</summary>
/// <param name="Key">Key of the row.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Runs">Runs that have the row.</param>
/// <param name="Values">Value of each run, converted to the speed that the machine had in the newest run.</param>
internal sealed record HistorySeries(string Key, MetricUnit Unit, IReadOnlyList<HistoryRun> Runs, IReadOnlyList<double> Values)
{
    /// <summary>Time of the calibration loop in the newest run; null if the row is not timed beside it.</summary>
    public double? CalibrationNanoseconds { get; private init; }

    /// <summary>Converts a value to the speed that the machine had in the newest run.</summary>
    /// <param name="numbers">The value and, for a measured row, the time of the calibration loop beside it.</param>
    public double AtNewestSpeed(IReadOnlyList<double> numbers) => Adjust(Unit, numbers, CalibrationNanoseconds);

    /// <summary>Returns the series of all rows, sorted by key.</summary>
    /// <param name="runs">Runs of one machine class, oldest first.</param>
    public static IReadOnlyList<HistorySeries> Of(IReadOnlyList<HistoryRun> runs) =>
    [
        .. from run in runs
           from rows in run.Values
           where MetricUnit.ByName.ContainsKey(rows.Key)
           from row in rows.Value
           group (Run: run, Numbers: row.Value) by (row.Key, Unit: rows.Key) into points
           orderby points.Key.Key, points.Key.Unit
           select Of(points.Key.Key, MetricUnit.ByName[points.Key.Unit], [.. points]),
    ];

    private static HistorySeries Of(string key, MetricUnit unit, (HistoryRun Run, IReadOnlyList<double> Numbers)[] points)
    {
        var now = Calibration(points[^1].Numbers);
        return new HistorySeries(
            key, unit, [.. points.Select(point => point.Run)], [.. points.Select(point => Adjust(unit, point.Numbers, now))])
        {
            CalibrationNanoseconds = now,
        };
    }

    /// <summary>Removes the change of the machine's speed, which changes the time of the calibration loop by the same factor.</summary>
    private static double Adjust(MetricUnit unit, IReadOnlyList<double> numbers, double? now)
    {
        if (Calibration(numbers) is not { } then || now is null)
        {
            return numbers[0];
        }

        var slower = now.Value / then;
        return unit.Better == Direction.Lower ? numbers[0] * slower : numbers[0] / slower;
    }

    private static double? Calibration(IReadOnlyList<double> numbers) =>
        numbers is [_, var calibration, ..] && calibration > 0 && double.IsFinite(calibration) ? calibration : null;
}
