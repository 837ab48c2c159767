using System.Text.Json;
using System.Text.Json.Serialization;
using PerfTests.Metrics;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Settings file perfsettings.json: tolerances and disabled metrics.</summary>
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

    /// <summary>Tolerance when a row is compared with a stored baseline.</summary>
    public ToleranceSettings Stored { get; init; } = new();

    /// <summary>Tolerance when a row is compared with its oldest accepted value.</summary>
    public ToleranceSettings Drift { get; init; } = new();

    /// <summary>Tolerances by kind of metric when baseline and candidate are measured side by side.</summary>
    public IReadOnlyDictionary<MetricKind, ToleranceSettings> Paired { get; init; } = new Dictionary<MetricKind, ToleranceSettings>();

    /// <summary>Settings of single metrics and rows, by metric id or by key of a row. Those of a row have priority.</summary>
    public IReadOnlyDictionary<string, MetricSettings> Metrics { get; init; } = new Dictionary<string, MetricSettings>();

    /// <summary>Reads the file that the build copies to the folder of the test assembly.</summary>
    /// <exception cref="SettingException">The file has an unknown key, an unknown metric or row, or a value out of range.</exception>
    public static SettingsFile Read() => Read(Path.Combine(AppContext.BaseDirectory, FileName));

    /// <summary>Reads a settings file.</summary>
    /// <exception cref="SettingException">The file has an unknown key, an unknown metric or row, or a value out of range.</exception>
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
                + $"Allowed keys: stored, drift, paired and metrics. Example: {Sample}");
        }

        settings.Validate();
        return settings;
    }

    /// <summary>Returns the tolerance of a row that is compared with a stored baseline.</summary>
    public Tolerance StoredTolerance(MetricRow row) =>
        Combine(DefaultTolerances.Stored, [Stored, .. Own(row).Select(own => own.Stored)]);

    /// <summary>Returns the tolerance of a row that is compared with its oldest accepted value.</summary>
    public Tolerance DriftTolerance(ITheoryRow row) =>
        Combine(DefaultTolerances.Drift, [Drift, .. Own(row).Select(own => own.Drift)]);

    /// <summary>Returns the tolerance of a row that is measured side by side with the baseline.</summary>
    public Tolerance PairedTolerance(MetricRow row) =>
        Combine(DefaultTolerances.Paired(row.Kind), [Paired.GetValueOrDefault(row.Kind), .. Own(row).Select(own => own.Paired)]);

    /// <summary>Returns the reason why a row is disabled, or null if the row is enabled.</summary>
    public string? WhyDisabled(ITheoryRow row) => Own(row).Select(own => own.Disabled).LastOrDefault(reason => reason is not null);

    /// <summary>Returns the settings of a row's metric, and then those of the row.</summary>
    private IEnumerable<MetricSettings> Own(ITheoryRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new[] { row.MetricId, row.Key }.Select(name => Metrics.GetValueOrDefault(name)).OfType<MetricSettings>();
    }

    private void Validate()
    {
        if (Stored is null || Drift is null || Paired is null || Metrics is null || Metrics.Values.Contains(null!))
        {
            throw new SettingException(
                $"{FileName}: a value",
                "null",
                $"an object for stored, drift, paired, metrics and each metric, such as {Sample}; leave a key out to keep its default");
        }

        CheckRange("stored", Stored);
        CheckRange("drift", Drift);
        foreach (var (kind, tolerance) in Paired)
        {
            CheckRange($"paired.{kind}", tolerance);
        }

        string[] known = [.. Catalogue.Theories];
        foreach (var (id, own) in Metrics)
        {
            if (!known.Contains(id) && !Catalogue.Keys.Contains(id))
            {
                throw new SettingException(
                    $"{FileName}: metrics",
                    id,
                    $"a row's key as in TestResults/perf/results.json, or a metric: {string.Join(", ", known)}");
            }

            CheckRange($"metrics.{id}.stored", own.Stored);
            CheckRange($"metrics.{id}.drift", own.Drift);
            CheckRange($"metrics.{id}.paired", own.Paired);
        }
    }

    private static Tolerance Combine(Tolerance defaults, IEnumerable<ToleranceSettings?> overrides) => overrides.Aggregate(
        defaults,
        (tolerance, own) => new Tolerance(own?.Percent ?? tolerance.Percent, own?.Nanoseconds ?? tolerance.AbsoluteNanoseconds));

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
