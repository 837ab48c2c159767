using System.Text.Json;
using System.Text.Json.Serialization;
using PerfTests.Metrics;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>The settings file beside the tests: tolerances, and what is not to be run.</summary>
public sealed record SettingsFile
{
    private const string FileName = "perfsettings.json";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>How much worse than a stored baseline a metric may be, in percent.</summary>
    public double TolerancePercent { get; init; } = Tolerance.DefaultPercent;

    /// <summary>Beside the percentage, for times: how many nanoseconds per operation.</summary>
    public double ToleranceNanoseconds { get; init; } = Tolerance.DefaultAbsoluteNanoseconds;

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
            throw new SettingException(Path.GetFileName(path), e.Message, "tolerancePercent, toleranceNanoseconds, and metrics by id, as the README shows");
        }

        settings.Validate();
        return settings;
    }

    /// <summary>The tolerance of a metric.</summary>
    public Tolerance ToleranceOf(string metricId)
    {
        var own = Metrics.GetValueOrDefault(metricId);
        return new Tolerance(own?.TolerancePercent ?? TolerancePercent, own?.ToleranceNanoseconds ?? ToleranceNanoseconds);
    }

    /// <summary>Why a metric is not to be run, or null.</summary>
    public string? WhyDisabled(string metricId) => Metrics.GetValueOrDefault(metricId)?.Disabled;

    private void Validate()
    {
        CheckRange("tolerancePercent", TolerancePercent);
        CheckRange("toleranceNanoseconds", ToleranceNanoseconds);
        string[] known = [.. Catalogue.Metrics.Select(metric => metric.Id), SpeedUp.TheoryName, ExactCounter.TheoryName];
        foreach (var (id, own) in Metrics)
        {
            if (!known.Contains(id))
            {
                throw new SettingException($"{FileName}: metrics", id, string.Join(", ", known));
            }

            CheckRange($"metrics.{id}.tolerancePercent", own.TolerancePercent ?? 0);
            CheckRange($"metrics.{id}.toleranceNanoseconds", own.ToleranceNanoseconds ?? 0);
        }
    }

    private static void CheckRange(string key, double value)
    {
        const double Largest = 1_000_000;
        if (!(value >= 0 && value <= Largest))
        {
            throw new SettingException($"{FileName}: {key}", FormattableString.Invariant($"{value}"), FormattableString.Invariant($"a number from 0 to {Largest:N0}"));
        }
    }
}
