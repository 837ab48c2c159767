using PerfTests.Files;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>End of a run on the console: the table, reasons for missing verdicts, written files, and last the verdict.</summary>
internal static class RunEnd
{
    /// <summary>Holds the last line for the build, which shows it below the count of tests (Directory.Build.targets).</summary>
    private const string VerdictFile = "verdict.txt";

    /// <summary>Returns the text, and keeps its last line for the build.</summary>
    /// <param name="record">The run.</param>
    /// <param name="usesColour">True if what regressed is red.</param>
    public static string Show(RunRecord record, bool usesColour)
    {
        var results = record.Document;
        var last = RunSummary.LastLine(results, ProjectRoot.Shown(record.ReportPath));
        var shown = usesColour ? RunConsole.Paint(last, results.Verdict.IsBad) : last;
        Keep(shown);
        return string.Join('\n',
        [
            ConsoleTable.Render(results, usesColour ? Paint : null),
            .. RunSummary.Reasons(results).Select(line => $"  {line}"),
            $"  written: {Written(record.Written)}",
            shown,
        ]);
    }

    private static void Keep(string line)
    {
        try
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, VerdictFile), line + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written to: the line stands above the count of tests then.
        }
    }

    /// <summary>Returns the folders with the number of their files: <c>TestResults/perf: 8 files; benchmarkdotnet: 33</c>.</summary>
    private static string Written(IReadOnlyList<string> files)
    {
        var folders = files.GroupBy(file => Path.GetDirectoryName(file)!).OrderBy(group => group.Key.Length).ToArray();
        return folders.Length == 0
            ? "nothing"
            : string.Join("; ", folders.Select((folder, index) => index == 0
                ? FormattableString.Invariant($"{ProjectRoot.Shown(folder.Key)}: {folder.Count()} files")
                : FormattableString.Invariant($"{Path.GetFileName(folder.Key)}: {folder.Count()}")));
    }

    private static string Paint(MetricResult figure, string line) =>
        figure.Judgement?.Verdict == Verdict.Regressed ? RunConsole.Paint(line, isBad: true) : line;
}
