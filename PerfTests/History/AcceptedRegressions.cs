using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.History;

/// <summary>Reads accepted regressions from baselines.</summary>
internal static class AcceptedRegressions
{
    /// <summary>
    /// Returns the accepted regressions of a machine class. A row whose accepted value was replaced by a later one still has the
    /// regression as its anchor.
    /// </summary>
    /// <param name="machine">The machine class.</param>
    /// <param name="folders">Folders of baselines. A folder without a baseline of the class is skipped.</param>
    /// <param name="skipped">Receives the reason why a baseline of the class cannot be used. The other baselines are read.</param>
    public static IReadOnlyList<KeyValuePair<string, AcceptedRegression>> Read(
        string machine, IEnumerable<string> folders, Action<ResultsFileException> skipped) =>
    [
        .. folders.Where(_ => machine.Length > 0 && machine == Path.GetFileName(machine))
            .Select(folder => Path.Combine(folder, $"{machine}.json"))
            .Where(File.Exists)
            .SelectMany(path => Rows(path, skipped))
            .Select(row => KeyValuePair.Create(CatalogueKeys.Common(row.Key), Of(row.Value)))
            .Where(row => row.Value is not null)
            .Select(row => KeyValuePair.Create(row.Key, row.Value!)),
    ];

    private static IEnumerable<KeyValuePair<string, MetricResult>> Rows(string path, Action<ResultsFileException> skipped)
    {
        try
        {
            return ResultsFile.Read(path, CatalogueKeys.Known).Metrics;
        }
        catch (ResultsFileException fault)
        {
            skipped(fault);
            return [];
        }
    }

    private static AcceptedRegression? Of(MetricResult stored) =>
        Of(stored.Provenance, stored.Value, stored.Launches)
        ?? Of(stored.Anchor?.Provenance, stored.Anchor?.Value, stored.Anchor?.Launches);

    private static AcceptedRegression? Of(Provenance? origin, double? value, IReadOnlyList<LaunchResult>? launches) =>
        origin?.AcceptedDespiteRegression is { } reason && value is { } number
            ? new AcceptedRegression(
                HistoryRun.TimeText(origin.Timestamp), origin.GitCommit ?? string.Empty, HistoryRun.Numbers(number, launches), reason,
                origin.AcceptedBy)
            : null;
}
