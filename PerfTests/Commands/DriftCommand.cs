using System.CommandLine;
using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.History;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Running;

namespace PerfTests.Commands;

/// <summary>Verb <c>drift</c>: adds a run to a history, and finds the points at which the level of a row changed.</summary>
internal static class DriftCommand
{
    private const string DefaultHistory = ".cache/perf/history.jsonl";

    private const string Notes = """
        The history has one JSON line per run. It keeps the newest 365 runs of each machine class. A change point needs 5 runs with the
        old level and 5 with the new one. Times are adjusted for the speed of the machine. Without a real change, at most one row in
        1,000 gets a change point. Changes of less than 1 % are not shown. A row counts as worse if the changes of the last 14 days
        made it worse by at least its tolerance for pairs (perfsettings.json). Rows of system calls and of two threads never do.

        A regression that a baseline has accepted for a reason is shown with the reason. A baseline that cannot be used is skipped
        with a warning. Files that --output writes: change-points.json for the trends of the Allure report, drift.md for a comment.

        Exit codes:
          0  no row became worse within 14 days before the newest run, or each such change was accepted
          1  at least one row became worse in this time
          2  the history, the results or perfsettings.json cannot be read, a file cannot be written, or an argument is wrong

        Examples:
          dotnet run --project PerfTests -- drift history.jsonl --add TestResults/perf/results.json
          dotnet run --project PerfTests -- drift --evaluate 1000

        """;

    public static Command Create()
    {
        var history = new Argument<string>("history")
        {
            Description = "History file",
            DefaultValueFactory = _ => DefaultHistory,
        };
        var add = new Option<string?>("--add") { Description = "Results file of a run to add to the history first" };
        var output = new Option<string?>("--output", "-o") { Description = "Folder to write change-points.json and drift.md to" };
        var baselines = new Option<string[]>("--baselines", "-b")
        {
            Description = "Folder of further baselines, beside the committed ones, with accepted regressions; may be repeated",
            DefaultValueFactory = _ => [],
        };
        var evaluate = NumberOption.CreateOptional(
            "--evaluate", "-e", "Measure the detection and false-alarm rates with this number of invented series", 1, 1_000_000);
        var seed = NumberOption.Create("--seed", "With --evaluate: seed of the invented series", int.MinValue, int.MaxValue, 1);
        var command = new NotedCommand("drift", "Find the points in a history of runs at which a row became worse or better", Notes)
        {
            history, add, baselines, output, evaluate, seed,
        };
        command.SetAction(parsed => parsed.GetValue(evaluate) is { } series
            ? Evaluate(series, parsed.GetValue(seed), parsed.InvocationConfiguration)
            : Run(
                parsed.GetValue(history)!,
                parsed.GetValue(add),
                [BaselineFolder.OfProject.Path, .. parsed.GetValue(baselines)!.Select(ProjectRoot.Resolve)],
                parsed.GetValue(output),
                parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(
        string historyPath, string? added, IReadOnlyList<string> baselines, string? output, InvocationConfiguration console)
    {
        var path = ProjectRoot.Resolve(historyPath);
        var warnings = new HashSet<string>(StringComparer.Ordinal);
        var settings = SettingsFile.Read();
        var runs = added is null ? HistoryFile.Read(path) : Add(path, added, Accepted, console);
        var limits = new DriftLimits(settings.PairedTolerance, settings.StoredTolerance);
        var drift = Drift.Of(runs, limits, Accepted(runs.Count > 0 ? runs[^1].Machine : string.Empty));
        foreach (var line in DriftReport.Lines(drift))
        {
            console.Output.WriteLine(SafeText.OneLine(line));
        }

        if (output is not null)
        {
            DriftReport.Write(drift, Path.GetFullPath(output));
        }

        return drift.Worse.Count > 0 ? ExitCode.Regressed : ExitCode.Success;

        IReadOnlyList<KeyValuePair<string, AcceptedRegression>> Accepted(string machine) =>
            AcceptedRegressions.Read(machine, baselines, fault =>
            {
                if (warnings.Add(fault.Message))
                {
                    console.Error.WriteLine(
                        $"warning: {SafeText.OneLine(fault.Message)} "
                        + "This baseline is skipped: a regression that only this file accepts counts as not accepted.");
                }
            });
    }

    private static IReadOnlyList<HistoryRun> Add(
        string path,
        string added,
        Func<string, IReadOnlyList<KeyValuePair<string, AcceptedRegression>>> accepted,
        InvocationConfiguration console)
    {
        var results = ResultsFile.Read(added, CatalogueKeys.Known);
        LeftOutRows.Name(results, console.Error);
        if (HistoryRun.Of(results, out var whyNot) is { } run)
        {
            return HistoryFile.Add(path, run with { Accepted = Recent(accepted(run.Machine), run) });
        }

        console.Error.WriteLine($"not added to the history: {whyNot}");
        return File.Exists(path) ? HistoryFile.Read(path) : [];
    }

    /// <summary>Returns the accepted regressions that can explain a recent change; null if there are none.</summary>
    private static Dictionary<string, AcceptedRegression>? Recent(
        IReadOnlyList<KeyValuePair<string, AcceptedRegression>> accepted, HistoryRun run)
    {
        var recent = accepted.Where(row => row.Value.Moment >= run.Moment - ChangePoint.RecentTime)
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .GroupBy(row => row.Key)
            .ToDictionary(rows => rows.Key, rows => rows.MaxBy(row => row.Value.Moment).Value, StringComparer.Ordinal);
        return recent.Count > 0 ? recent : null;
    }

    private static int Evaluate(int series, int seed, InvocationConfiguration console)
    {
        var rates = SyntheticSeries.All.Select(situation => DetectionRates.Measure(situation, series, seed));
        foreach (var line in DetectionRates.Table(rates))
        {
            console.Output.WriteLine(line);
        }

        return ExitCode.Success;
    }
}
