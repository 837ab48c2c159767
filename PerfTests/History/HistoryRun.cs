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
            results.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            metadata.GitCommit!,
            metadata.MachineClass!,
            Sorted(results.Metrics.Values.Where(row => double.IsFinite(row.Value)).GroupBy(row => row.Unit), group => group.Key, group =>
                (IReadOnlyDictionary<string, IReadOnlyList<double>>)Sorted(group, row => row.Name, Numbers)));
    }

    private static IReadOnlyList<double> Numbers(MetricResult row) => row.Minima is { Count: > 0 } minima
        ? [row.Value, minima.Min(launch => launch.CalibrationNanoseconds)]
        : [row.Value];

    private static SortedDictionary<string, TValue> Sorted<T, TValue>(
        IEnumerable<T> items, Func<T, string> key, Func<T, TValue> value) =>
        new(items.ToDictionary(key, value, StringComparer.Ordinal), StringComparer.Ordinal);
}
