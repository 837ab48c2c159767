using System.Text.Json;
using System.Text.Json.Serialization;
using PerfTests.Metrics;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>The settings file beside the tests: tolerances, and what is not to be run.</summary>
public sealed record SettingsFile
{
    private const string FileName = "perfsettings.json";

    internal const string Sample =
        """{"stored": {"percent": 10}, "paired": {"copying": {"percent": 5}}, "metrics": {"speed_up": {"disabled": "why"}}}""";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>How much worse than a stored baseline a metric may be.</summary>
    public ToleranceSettings Stored { get; init; } = new();

    /// <summary>How much slower than the base a metric may be where both are measured interleaved, by kind of metric.</summary>
    public IReadOnlyDictionary<MetricKind, ToleranceSettings> Paired { get; init; } = new Dictionary<MetricKind, ToleranceSettings>();

    /// <summary>What differs for single metrics, by metric id.</summary>
    public IReadOnlyDictionary<string, MetricSettings> Metrics { get; init; } = new Dictionary<string, MetricSettings>();

    /// <summary>Reads the file that was built with the tests.</summary>
    /// <exception cref="SettingException">It has an unknown metric or a value out of range.</exception>
    public static SettingsFile Read() => Read(Path.Combine(AppContext.BaseDirectory, FileName));

    /// <summary>Reads a settings file.</summary>
    /// <exception cref="SettingException">It has an unknown key, an unknown metric or a value out of range.</exception>
    public static SettingsFile Read(string path)
    {
        SettingsFile settings;
        try
        {
            settings = JsonSerializer.Deserialize<SettingsFile>(File.ReadAllText(path), s_options) ?? new SettingsFile();
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new SettingException(
                $"{Path.GetFileName(path)} cannot be used: {e.Message.TrimEnd('.')}. "
                + $"Allowed: stored, paired and metrics, such as {Sample}");
        }

        settings.Validate();
        return settings;
    }

    /// <summary>What a row's figure may be worse than a stored one.</summary>
    public Tolerance StoredTolerance(MetricRow row) =>
        Combine(DefaultTolerances.Stored, Stored, Metrics.GetValueOrDefault(row.Metric.Id)?.Stored);

    /// <summary>What a row may be slower than the base it is paired with.</summary>
    public Tolerance PairedTolerance(MetricRow row) =>
        Combine(DefaultTolerances.Paired(row.Kind), Paired.GetValueOrDefault(row.Kind), Metrics.GetValueOrDefault(row.Metric.Id)?.Paired);

    /// <summary>Why a metric is not to be run, or null.</summary>
    public string? WhyDisabled(string metricId) => Metrics.GetValueOrDefault(metricId)?.Disabled;

    private void Validate()
    {
        if (Stored is null || Paired is null || Metrics is null || Metrics.Values.Contains(null!))
        {
            throw new SettingException(
                FileName,
                "null",
                $"stored, paired, metrics and each metric are objects, such as {Sample}; leave out what is not to be said");
        }

        CheckRange("stored", Stored);
        foreach (var (kind, tolerance) in Paired)
        {
            CheckRange($"paired.{kind}", tolerance);
        }

        string[] known = [.. Catalogue.Theories];
        foreach (var (id, own) in Metrics)
        {
            if (!known.Contains(id))
            {
                throw new SettingException($"{FileName}: metrics", id, string.Join(", ", known));
            }

            CheckRange($"metrics.{id}.stored", own.Stored);
            CheckRange($"metrics.{id}.paired", own.Paired);
        }
    }

    private static Tolerance Combine(Tolerance usual, params ToleranceSettings?[] overrides) =>
        overrides.Aggregate(usual, (tolerance, own) => new Tolerance(own?.Percent ?? tolerance.Percent, own?.Nanoseconds ?? tolerance.AbsoluteNanoseconds));

    private static void CheckRange(string key, ToleranceSettings? tolerance)
    {
        CheckRange($"{key}.percent", tolerance?.Percent ?? 0);
        CheckRange($"{key}.nanoseconds", tolerance?.Nanoseconds ?? 0);
    }

    private static void CheckRange(string key, double value)
    {
        const double Largest = 1_000_000;
        if (!(value >= 0 && value <= Largest))
        {
            throw new SettingException(
                $"{FileName}: {key}",
                FormattableString.Invariant($"{value}"),
                FormattableString.Invariant($"a number from 0 to {Largest:N0}"));
        }
    }
}
