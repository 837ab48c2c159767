using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>What a run says at its end: the table, why rows have no verdict, what was written, and last the verdict.</summary>
internal static class RunEnd
{
    /// <summary>Returns the text.</summary>
    /// <param name="record">The run.</param>
    /// <param name="usesColour">True if what regressed is red.</param>
    public static string Render(RunRecord record, bool usesColour)
    {
        var results = record.Document;
        var isBad = OverallVerdict.Of(results) == Verdict.Regressed;
        var last = RunSummary.LastLine(results, ProjectRoot.Relative(record.ReportPath));
        var text = string.Join('\n',
        [
            ConsoleTable.Render(results, usesColour ? Paint : null),
            .. RunSummary.Reasons(results).Select(line => $"  {line}"),
            $"  written: {Written(record.Written)}",
            usesColour ? RunConsole.Paint(last, isBad) : last,
        ]);
        return text;
    }

    /// <summary>Returns the folders with the number of their files: <c>TestResults/perf: 8 files; benchmarkdotnet: 33</c>.</summary>
    private static string Written(IReadOnlyList<string> files)
    {
        var folders = files.GroupBy(file => Path.GetDirectoryName(file)!).OrderBy(group => group.Key.Length).ToArray();
        return folders.Length == 0
            ? "nothing"
            : string.Join("; ", folders.Select((folder, index) => index == 0
                ? FormattableString.Invariant($"{ProjectRoot.Relative(folder.Key)}: {folder.Count()} files")
                : FormattableString.Invariant($"{Path.GetFileName(folder.Key)}: {folder.Count()}")));
    }

    private static string Paint(MetricResult figure, string line) =>
        figure.Judgement?.Verdict == Verdict.Regressed ? RunConsole.Paint(line, isBad: true) : line;
}
