using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PerfTests.Files;
using PerfTests.Reporting;

namespace PerfTests.History;

/// <summary>Writes the change points of a history: for the console, for a comment, and for the trends of the Allure report.</summary>
internal static class DriftReport
{
    /// <summary>Name of the file that the Allure report reads.</summary>
    public const string JsonFileName = "change-points.json";

    /// <summary>Name of the file with the table for a comment.</summary>
    public const string MarkdownFileName = "drift.md";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Writes both files to a folder and returns their paths.</summary>
    /// <exception cref="UnwritableFileException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(Drift drift, string folder) =>
    [
        AtomicFile.Write(Path.Combine(folder, JsonFileName), Json(drift) + "\n"),
        AtomicFile.Write(Path.Combine(folder, MarkdownFileName), Markdown(drift)),
    ];

    /// <summary>Returns the change points as JSON.</summary>
    public static string Json(Drift drift) => JsonSerializer.Serialize(
        new
        {
            drift.Runs,
            drift.Machine,
            ChangePoints = drift.ChangePoints.Select(point => new
            {
                point.Series.Key,
                point.IsWorse,
                ChangePercent = Rounded(point.Change.ChangePercent),
                Before = Rounded(point.Change.Before),
                After = Rounded(point.Change.After),
                Unit = point.Series.Unit.Name,
                Confidence = Math.Round(point.Change.Confidence, 6),
                FromCommit = point.From.Commit,
                FromTime = point.From.Time,
                ToCommit = point.To.Commit,
                ToTime = point.To.Time,
                point.IsRecent,
                Accepted = point.Accepted is { } accepted
                    ? new { accepted.Reason, accepted.By, accepted.Commit, accepted.Time, Value = Rounded(accepted.Numbers[0]) }
                    : null,
            }),
        },
        s_options);

    /// <summary>Returns one line that sums up, and one line for each change point.</summary>
    public static IEnumerable<string> Lines(Drift drift) => drift.ChangePoints
        .OrderByDescending(point => point.IsRecent).ThenByDescending(point => point.WorseFactor)
        .Select(point => $"  {Word(point)}: {Label(point)} {Change(point)} ({Values(point)}), {Commits(point)}, {Confidence(point)}"
            + Acceptance(point, text => text))
        .Prepend(Headline(drift));

    /// <summary>Returns the recent change points as a section of a comment; an empty text if there are none.</summary>
    public static string Markdown(Drift drift)
    {
        ChangePoint[] recent = [.. drift.ChangePoints.Where(point => point.IsRecent).OrderByDescending(point => point.WorseFactor)];
        if (recent.Length == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder(
            $"\n**{Headline(drift)}**\n\n| row | change | before → after | commits | confidence |\n|---|--:|--:|---|--:|\n");
        foreach (var point in recent)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {SafeText.Code(Label(point))} | {Change(point)}, {Word(point)}{Acceptance(point, SafeText.Code)} | {Values(point)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Commits(point)} | {Confidence(point)} |\n");
        }

        return text.ToString();
    }

    private static string Headline(Drift drift)
    {
        var worse = drift.Worse.Count;
        var verdict = worse == 0 ? "no row became worse"
            : worse == 1 ? "1 ROW BECAME WORSE"
            : FormattableString.Invariant($"{worse} ROWS BECAME WORSE");
        var accepted = drift.Accepted.Count switch
        {
            0 => string.Empty,
            1 => ", 1 change was accepted",
            var count => $", {CountText.Of(count, "change")} were accepted",
        };
        return FormattableString.Invariant(
            $"Drift: {verdict} in the last {ChangePoint.RecentTime.TotalDays:0} days{accepted}; ")
            + $"{CountText.Of(drift.ChangePoints.Count, "change point")} of {CountText.Of(drift.Rows, "row")} "
            + $"in {CountText.Of(drift.Runs, "run")}";
    }

    private static string Word(ChangePoint point) => point.Accepted is not null ? "worse, accepted" : point.IsWorse ? "worse" : "better";

    /// <summary>Returns why a change was accepted, by whom and at which commit; an empty text for a change that was not accepted.</summary>
    private static string Acceptance(ChangePoint point, Func<string, string> shown) => point.Accepted is not { } accepted
        ? string.Empty
        : $"; accepted at {accepted.ShortCommit}{(accepted.By is { } person ? $", by {shown(person)}" : string.Empty)}: "
            + shown(accepted.Reason);

    private static string Label(ChangePoint point) => SafeText.OneLine(TestIdentity.Find(point.Series.Key)?.Label ?? point.Series.Key);

    private static string Change(ChangePoint point) => point.Change.ChangePercent is { } percent
        ? FormattableString.Invariant($"{percent:+0.0;-0.0} %")
        : $"{(point.Change.After < point.Change.Before ? "-" : "+")}"
            + ValueText.FormatCount(Math.Abs(point.Change.After - point.Change.Before), point.Series.Unit);

    private static string Values(ChangePoint point) =>
        $"{ValueText.Format(point.Change.Before, point.Series.Unit)} → {ValueText.Format(point.Change.After, point.Series.Unit)}";

    private static string Commits(ChangePoint point) =>
        $"{point.From.ShortCommit}..{point.To.ShortCommit} of {point.From.Day} to {point.To.Day}";

    /// <summary>Returns the confidence with as many nines as it has, and at most four decimals.</summary>
    private static string Confidence(ChangePoint point) => point.Change.Confidence > 0.999999
        ? "> 99.9999 %"
        : FormattableString.Invariant($"{Math.Floor(point.Change.Confidence * 1e6) / 1e4:0.####} %");

    private static double? Rounded(double? value) => value is not { } number || !double.IsFinite(number)
        ? null
        : double.Parse(number.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
