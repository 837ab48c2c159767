using System.Globalization;
using System.Text.Json;

namespace PerfTests.Results;

/// <summary>
/// Reads seed files, the results files of the scripts that this suite replaces. Only the keys that those scripts wrote are read.
/// Other tools add keys of any name and type, and the added keys are ignored.
/// </summary>
internal static class SeedFile
{
    /// <summary>Last second of the year 9999, counted from 1970: the largest whole second of a <see cref="DateTimeOffset"/>.</summary>
    private const double LatestSecond = 253_402_300_799;

    /// <summary>
    /// Units of numeric timestamps, the finest first. If a timestamp is at least <c>AtLeast</c>, one second has <c>PerSecond</c>
    /// of its units.
    /// </summary>
    private static readonly (double AtLeast, double PerSecond)[] s_epochUnits = [(1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (0, 1)];

    /// <summary>Parses the content of a file.</summary>
    /// <param name="json">The content.</param>
    /// <param name="options">Options for reading JSON.</param>
    /// <param name="written">Time when the file was written, which replaces an unreadable timestamp.</param>
    /// <exception cref="JsonException">The content is not that of a seed file.</exception>
    public static ResultsDocument Parse(ReadOnlySpan<byte> json, JsonSerializerOptions options, DateTimeOffset written)
    {
        var content = JsonSerializer.Deserialize<Content>(json, options);
        if (content?.Metrics is not { } metrics)
        {
            throw new JsonException("The key \"metrics\" is missing; it must hold an object for each row.");
        }

        var text = TextOf(content.Timestamp);
        return new ResultsDocument
        {
            Timestamp = InstantOf(text) ?? written,
            TimestampText = text ?? "an unknown time",
            Metrics = metrics.ToDictionary(pair => pair.Key, pair => RowOf(pair.Value)!, StringComparer.Ordinal),
            Metadata = new ResultsMetadata { GitCommit = StringIn(content.Metadata, "git_commit") },
        };
    }

    /// <summary>
    /// Converts the entry of a row. Returns null if the entry lacks the row's name, unit or value; then only this row is unusable.
    /// </summary>
    private static MetricResult? RowOf(JsonElement entry) =>
        StringIn(entry, "name") is { } name && StringIn(entry, "unit") is { } unit
        && entry.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number
            ? new MetricResult { Name = name, Value = value.GetDouble(), Unit = unit }
            : null;

    private static string? StringIn(JsonElement parent, string key) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out var value) ? StringOf(value) : null;

    private static string? StringOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A string contains half a surrogate pair.", e);
        }
    }

    private static string? TextOf(JsonElement timestamp) =>
        timestamp.ValueKind == JsonValueKind.Number ? timestamp.GetRawText() : StringOf(timestamp);

    private static DateTimeOffset? InstantOf(string? text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var seconds = number / Array.Find(s_epochUnits, unit => Math.Abs(number) >= unit.AtLeast).PerSecond;
            return seconds is >= 0 and < LatestSecond ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;
    }

    private sealed record Content(JsonElement Timestamp, Dictionary<string, JsonElement>? Metrics, JsonElement Metadata);
}
