using System.Globalization;
using System.Text.Json.Serialization;
using PerfTests.Reporting;
using PerfTests.Results;

namespace PerfTests.History;

/// <summary>Values of one run in the history.</summary>
/// <param name="Time">Start of the run, in UTC: <c>2026-11-20T02:00:00.000Z</c>. The order of these texts is the order of the runs.</param>
/// <param name="Commit">Commit that was measured.</param>
/// <param name="Machine">Machine class.</param>
/// <param name="Values">
/// Values by unit and key of the row. Each is a list of the value and, for a measured row, the time of the calibration loop beside it in
/// nanoseconds.
/// </param>
internal sealed record HistoryRun(
    [property: JsonRequired] string Time,
    [property: JsonRequired] string Commit,
    [property: JsonRequired] string Machine,
    [property: JsonRequired] IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<double>>> Values)
{
    /// <summary>
    /// Accepted regressions by key of the row, as the baselines had them when the run was added; null if there were none. A baseline
    /// loses a regression when the row improves, so the history keeps it too.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, AcceptedRegression>? Accepted { get; init; }

    /// <summary>Time of the run.</summary>
    [JsonIgnore]
    public DateTimeOffset Moment => DateTimeOffset.Parse(Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Day of the run, for display.</summary>
    [JsonIgnore]
    public string Day => Time[..Math.Min(10, Time.Length)];

    /// <summary>First characters of the commit's hash, for display.</summary>
    [JsonIgnore]
    public string ShortCommit => SafeText.Name(Commit[..Math.Min(7, Commit.Length)], "-_");

    /// <summary>Returns the values of a run, or the reason why the history cannot take them.</summary>
    public static HistoryRun? Of(ResultsDocument results, out string whyNot)
    {
        var metadata = results.Metadata;
        whyNot = metadata.GitCommit is not { Length: > 0 } || metadata.GitDirty ? "no commit contains the code that was measured"
            : metadata.MachineClass is null ? "the results name no machine class"
            : metadata.IsUntrusted ? "the run was measured under conditions that make all values unusable"
            : metadata.Baseline is not null ? "the run was paired, and values of paired runs cannot be compared with values of other runs"
            : string.Empty;
        return whyNot.Length > 0 ? null : new HistoryRun(
            TimeText(results.Timestamp),
            metadata.GitCommit!,
            metadata.MachineClass!,
            Sorted(results.Metrics.Values.Where(row => double.IsFinite(row.Value)).GroupBy(row => row.Unit), group => group.Key, group =>
                (IReadOnlyDictionary<string, IReadOnlyList<double>>)Sorted(
                    group, row => row.Name, row => Numbers(row.Value, row.Launches))));
    }

    /// <summary>Returns a time as the history stores it.</summary>
    public static string TimeText(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Returns a value and, for a measured row, the time of the calibration loop beside it.</summary>
    public static IReadOnlyList<double> Numbers(double value, IReadOnlyList<LaunchResult>? launches) => launches is { Count: > 0 }
        ? [value, launches.Min(launch => launch.CalibrationNanoseconds)]
        : [value];

    private static SortedDictionary<string, TValue> Sorted<T, TValue>(
        IEnumerable<T> items, Func<T, string> key, Func<T, TValue> value) =>
        new(items.ToDictionary(key, value, StringComparer.Ordinal), StringComparer.Ordinal);
}
