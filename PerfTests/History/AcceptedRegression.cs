using System.Globalization;
using System.Text.Json.Serialization;
using PerfTests.Reporting;

namespace PerfTests.History;

/// <summary>Regression of one row that was accepted for a reason.</summary>
/// <param name="Time">Time of the accepted measurement, as in <see cref="HistoryRun"/>.</param>
/// <param name="Commit">Commit that was measured; an empty text if it is unknown.</param>
/// <param name="Numbers">Accepted value and, for a measured row, the time of the calibration loop beside it in nanoseconds.</param>
/// <param name="Reason">Reason for accepting the value.</param>
/// <param name="By">Person who started the accepting run; null if the person is unknown.</param>
internal sealed record AcceptedRegression(
    [property: JsonRequired] string Time,
    [property: JsonRequired] string Commit,
    [property: JsonRequired] IReadOnlyList<double> Numbers,
    [property: JsonRequired] string Reason,
    string? By)
{
    /// <summary>Time of the accepted measurement.</summary>
    [JsonIgnore]
    public DateTimeOffset Moment => DateTimeOffset.Parse(Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>First characters of the commit's hash, for display.</summary>
    [JsonIgnore]
    public string ShortCommit => Commit.Length > 0 ? SafeText.Name(Commit[..Math.Min(7, Commit.Length)], "-_") : "unknown";
}
