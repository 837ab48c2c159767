using System.Reflection;
using PerfTests.Metrics.Traces;

namespace PerfTests.Running;

/// <summary>Environment variable that the suite reads.</summary>
/// <param name="Name">Name of the variable.</param>
/// <param name="Meaning">Description for the user.</param>
public sealed record Setting(string Name, string Meaning)
{
    /// <summary>Baseline file, or name of a baseline under baselines/.</summary>
    public static Setting Baseline { get; } = new(
        "PERF_BASELINE", "a baseline file, or a name under baselines/; default: the file of this machine's class");

    /// <summary>Path of the results file.</summary>
    public static Setting Output { get; } = new("PERF_OUTPUT", "path of the results file; default: TestResults/perf/results.json");

    /// <summary>Switch that makes a row fail if it cannot be judged.</summary>
    public static Setting Strict { get; } = new("PERF_STRICT", "1: a row that cannot be judged fails instead of being skipped");

    /// <summary>Switch that accepts the run as the baseline.</summary>
    public static Setting UpdateBaseline { get; } = new("PERF_UPDATE_BASELINE", "1: write this run as the accepted baseline");

    /// <summary>Baseline version that all rows are paired with.</summary>
    public static Setting Base { get; } = new(
        "PERF_BASE",
        "the version to compare the candidate with, side by side: a git revision or a folder of built assemblies");

    /// <summary>Candidate version, which is judged.</summary>
    public static Setting Candidate { get; } = new(
        "PERF_CANDIDATE",
        "with PERF_BASE, the version to judge: a git revision or a folder of built assemblies; default: the working tree");

    /// <summary>Folder of the lock that allows one run at a time.</summary>
    public static Setting LockFolder { get; } = new(
        "PERF_LOCK_FOLDER",
        "folder of the lock that lets one run measure at a time; default: /tmp. Containers on one machine need a folder that they share");

    /// <summary>Reason to accept a run that regressed.</summary>
    public static Setting UpdateReason { get; } = new(
        "PERF_UPDATE_REASON", "with PERF_UPDATE_BASELINE: accept the run although it regressed; the reason is stored in the baseline");

    /// <summary>Person who started the run.</summary>
    public static Setting UpdateBy { get; } = new(
        "PERF_UPDATE_BY", "with PERF_UPDATE_REASON: the person who started the run, which is stored in the baseline");

    /// <summary>Folder of the baselines that a pipeline keeps.</summary>
    public static Setting KeptBaselines { get; } = new(
        "PERF_KEPT_BASELINES",
        "folder of the baselines that a pipeline keeps between its runs; a row is compared with the newer of its committed and its kept "
        + "value, and PERF_UPDATE_BASELINE writes to this folder");

    /// <summary>Trace that is replayed.</summary>
    public static Setting Trace { get; } = new(
        TraceFile.EnvironmentVariable, "the KV-cache trace to replay; default: the small trace that ships with the tests");

    /// <summary>Folder with builds of other versions.</summary>
    public static Setting CacheFolder { get; } = new(
        Versions.CacheFolder.EnvironmentVariable,
        "folder for builds of other versions; default: perftests in the user's data folder, else in XDG_CACHE_HOME, "
        + "else in the temporary folder");

    /// <summary>All settings.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. typeof(Setting).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(Setting))
        .Select(property => (Setting)property.GetValue(null)!)];

    /// <summary>
    /// Settings that change what a run measures or compares. A command that measures rows again has to set them as well. Stored baselines
    /// do not matter if <see cref="Base"/> is set, because all rows are then paired.
    /// </summary>
    public static IReadOnlyList<Setting> OfComparison =>
        Base.Text is null ? [Baseline, KeptBaselines, Trace] : [Base, Candidate, Trace];

    /// <summary>Value of the variable, or null if it is unset or empty.</summary>
    public string? Text => Environment.GetEnvironmentVariable(Name) is { Length: > 0 } text ? text : null;

    /// <summary>True if the variable is 1, false if it is 0, unset or empty.</summary>
    /// <exception cref="SettingException">The variable has another value.</exception>
    public bool IsOn => Text switch
    {
        null or "0" => false,
        "1" => true,
        var other => throw new SettingException(Name, other, "0 or 1"),
    };
}
