using PerfTests.Files;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>
/// Composes the text at the end of a run: the table, the reasons for missing verdicts, the written files and, in the last line,
/// the verdict of the run.
/// </summary>
internal static class RunEnd
{
    /// <summary>
    /// File that contains the last line of the text. Directory.Build.targets prints that line below the number of tests.
    /// </summary>
    private const string VerdictFile = "verdict.txt";

    /// <summary>Returns the text and writes its last line to <see cref="VerdictFile"/>.</summary>
    /// <param name="record">Record of the run.</param>
    /// <param name="usesColour">True to print regressions in red.</param>
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
            // The line is still printed above the number of tests, only not below it.
        }
    }

    /// <summary>
    /// Returns each folder with the number of files written to it: <c>TestResults/perf: 8 files; benchmarkdotnet: 33</c>.
    /// </summary>
    private static string Written(IReadOnlyList<string> files)
    {
        var folders = files.GroupBy(file => Path.GetDirectoryName(file)!).OrderBy(group => group.Key.Length).ToArray();
        return folders.Length == 0
            ? "nothing"
            : string.Join("; ", folders.Select((folder, index) => index == 0
                ? $"{ProjectRoot.Shown(folder.Key)}: {CountText.Of(folder.Count(), "file")}"
                : FormattableString.Invariant($"{Path.GetFileName(folder.Key)}: {folder.Count()}")));
    }

    private static string Paint(MetricResult result, string line) =>
        result.Judgement?.Verdict == Verdict.Regressed ? RunConsole.Paint(line, isBad: true) : line;
}
