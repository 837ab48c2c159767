using PerfTests.Results;

namespace PerfTests.Reporting.Prometheus;

/// <summary>Returns the samples that describe a run as a whole.</summary>
internal static class RunSamples
{
    public static IEnumerable<ExpositionSample> Of(ResultsDocument results, KeyValuePair<string, string> machine)
    {
        var metadata = results.Metadata;
        yield return new(
            "perf_run_info",
            "The last run: commit, runtime and verdict; always 1",
            [
                machine,
                new("commit", $"{metadata.GitCommit ?? "unknown"}{(metadata.GitDirty ? "-dirty" : string.Empty)}"),
                new("runtime", metadata.Runtime ?? "unknown"),
                new("verdict", VerdictOf(results)),
            ],
            1);
        yield return new(
            "perf_run_start_time_seconds",
            "Start of the last run, in seconds since 1970-01-01 UTC",
            [machine],
            results.Timestamp.ToUnixTimeMilliseconds() / 1e3);
    }

    private static string VerdictOf(ResultsDocument results) => results.Verdict switch
    {
        { IsEmpty: true } => "nothing_measured",
        { RegressedCount: > 0 } => "regressed",
        { FailedCount: > 0 } => "failed",
        { IsInterrupted: true } => "interrupted",
        { IsGood: true } => "passed",
        _ => "not_judged",
    };
}
