using System.Globalization;
using PerfTests.History;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Tests.Results;

namespace PerfTests.Tests.History;

/// <summary>Runs for tests of the history: one each day, with a commit of its own.</summary>
internal static class HistorySample
{
    public static MetricRow Row { get; } = Catalogue.Row("allocation_total_time", Allocators.Arena);

    public static MetricRow Rate { get; } = Catalogue.Row("allocation_throughput", Allocators.Arena);

    /// <summary>Returns the results of a run.</summary>
    /// <param name="day">Number of the day, from 0.</param>
    /// <param name="nanoseconds">Time of both rows.</param>
    /// <param name="slower">Factor by which the machine is slower than usual.</param>
    public static ResultsDocument Results(int day, double nanoseconds, double slower = 1) =>
        Dated(day, ResultsSample.Document(Measured(Row, nanoseconds, slower), Measured(Rate, nanoseconds, slower)));

    /// <summary>Returns a run of the history that measured one row.</summary>
    public static HistoryRun Run(int day, MetricRow row, double nanoseconds) =>
        HistoryRun.Of(Dated(day, ResultsSample.Document(Measured(row, nanoseconds, 1))), out _)!;

    /// <summary>Returns a run of the history.</summary>
    public static HistoryRun Run(int day, double nanoseconds, double slower = 1) =>
        HistoryRun.Of(Results(day, nanoseconds, slower), out _)!;

    /// <summary>Returns runs of ten days before a change and ten days after it.</summary>
    public static IReadOnlyList<HistoryRun> Step(double before, double after) => Step(before, after, (day, time) => Run(day, time));

    /// <summary>Returns runs that measured one row, of ten days before a change and ten days after it.</summary>
    public static IReadOnlyList<HistoryRun> Step(MetricRow row, double before, double after) =>
        Step(before, after, (day, time) => Run(day, row, time));

    private static IReadOnlyList<HistoryRun> Step(double before, double after, Func<int, double, HistoryRun> run) =>
        [.. Enumerable.Range(0, 20).Select(day => run(day, (day < 10 ? before : after) * (1 + (0.001 * (day * 7 % 5)))))];

    private static ResultsDocument Dated(int day, ResultsDocument document) => document with
    {
        Timestamp = new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.Zero).AddDays(day),
        Metadata = document.Metadata with
        {
            GitCommit = string.Create(CultureInfo.InvariantCulture, $"{day + 1:x7}00000000"),
            GitDirty = false,
        },
    };

    private static MetricResult Measured(MetricRow row, double nanoseconds, double slower)
    {
        var result = ResultsSample.Row(row, nanoseconds * slower);
        return result with
        {
            Launches = [.. result.Launches!.Select(launch => launch with { CalibrationNanoseconds = 1.25 * slower })],
        };
    }
}
