using System.Reflection;
using PerfTests.Metrics.Traces;

namespace PerfTests.Running;

/// <summary>One environment variable that the suite listens to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it does, for people.</param>
public sealed record Setting(string Name, string Meaning)
{
    /// <summary>A baseline file, or the name of one under baselines/.</summary>
    public static Setting Baseline { get; } = new(
        "PERF_BASELINE", "a baseline file, or a name under baselines/; default: the file of this machine's class");

    /// <summary>Where the results go.</summary>
    public static Setting Output { get; } = new("PERF_OUTPUT", "where the results JSON goes; default: TestResults/perf/results.json");

    /// <summary>No usable baseline is a failure.</summary>
    public static Setting Strict { get; } = new("PERF_STRICT", "1: a row without a usable baseline fails instead of being skipped");

    /// <summary>Accept this run as the baseline.</summary>
    public static Setting UpdateBaseline { get; } = new("PERF_UPDATE_BASELINE", "1: write this run as the accepted baseline");

    /// <summary>The version that everything is paired with.</summary>
    public static Setting Base { get; } = new(
        "PERF_BASE", "a git revision, or a folder of built assemblies: measure it interleaved with the candidate and judge by the pair");

    /// <summary>The version that is judged.</summary>
    public static Setting Candidate { get; } = new(
        "PERF_CANDIDATE",
        "with PERF_BASE, the version to judge: a git revision or a folder of built assemblies; default: the working tree");

    /// <summary>Where the machine's lock lies.</summary>
    public static Setting LockFolder { get; } = new(
        "PERF_LOCK_FOLDER",
        "the folder of the lock that lets one run measure at a time; default: /tmp. "
        + "Containers that share a machine need one that they share");

    /// <summary>Why a regression is accepted.</summary>
    public static Setting UpdateReason { get; } = new(
        "PERF_UPDATE_REASON", "with PERF_UPDATE_BASELINE: accept a run that regressed, for this reason, which is kept in the file");

    /// <summary>The trace that is replayed.</summary>
    public static Setting Trace { get; } = new(
        TraceFile.EnvironmentVariable, "the KV-cache trace to replay; default: the small trace that ships with the tests");

    /// <summary>Where builds of other versions are kept.</summary>
    public static Setting CacheFolder { get; } = new(
        Versions.CacheFolder.EnvironmentVariable,
        "the folder that keeps builds of other versions; default: perftests in the user's data folder, else in XDG_CACHE_HOME, "
        + "else one in the temporary folder");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. typeof(Setting).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(Setting))
        .Select(property => (Setting)property.GetValue(null)!)];

    /// <summary>The text of the variable, or null where it is unset or empty.</summary>
    public string? Text => Environment.GetEnvironmentVariable(Name) is { Length: > 0 } text ? text : null;

    /// <summary>The variable as a switch.</summary>
    /// <exception cref="SettingException">It is neither 0 nor 1.</exception>
    public bool IsOn => Text switch
    {
        null or "0" => false,
        "1" => true,
        var other => throw new SettingException(Name, other, "0 or 1"),
    };
}
