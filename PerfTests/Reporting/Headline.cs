using System.Globalization;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>Formats the verdict on a whole run as a headline.</summary>
internal static class Headline
{
    /// <summary>Returns the headline and, in parentheses, the number of rows by verdict.</summary>
    public static string WithCounts(ResultsDocument results)
    {
        var counts = Counts(results.Verdict.Verdicts);
        return $"{Of(results)} ({(counts.Length > 0 ? counts : "no rows")})";
    }

    /// <summary>
    /// Returns the verdict in capitals with the number of rows that have it, such as <c>REGRESSED 2 of 72</c>. The headline of an
    /// interrupted run begins with the interruption. Rows without a verdict are always mentioned.
    /// </summary>
    public static string Of(ResultsDocument results)
    {
        var interrupted = results.Metadata is { IsInterrupted: true, RowsAskedFor: { } requested }
            ? FormattableString.Invariant($"INTERRUPTED: {results.Metadata.RowsEnded} of {CountText.Of(requested, "row")}; ")
            : string.Empty;
        var run = results.Verdict;
        var notMeasured = run.NotMeasuredCount > 0 ? FormattableString.Invariant($", {run.NotMeasuredCount} NOT MEASURED") : string.Empty;
        return run.IsEmpty ? $"{interrupted}NOTHING MEASURED" : $"{interrupted}{Judged(run)}{notMeasured}";
    }

    /// <summary>Returns the number of rows by verdict, e.g. <c>47 passed, 1 regressed</c>.</summary>
    public static string Counts(IEnumerable<Verdict?> verdicts) => string.Join(", ", verdicts
        .GroupBy(verdict => verdict)
        .OrderBy(group => group.Key)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {VerdictName.WithinSentence(group.Key)}")));

    private static string Judged(RunVerdict run)
    {
        string?[] parts =
        [
            run.RegressedCount > 0 ? FormattableString.Invariant($"REGRESSED {run.RegressedCount} of {run.RowCount}") : null,
            run.FailedCount > 0 ? FormattableString.Invariant($"FAILED {run.FailedCount} of {run.RowCount}") : null,
            run.NotJudgedCount > 0
                ? FormattableString.Invariant($"{run.NotJudgedCount} of {CountText.Of(run.RowCount, "row")} NOT JUDGED")
                : null,
        ];
        var bad = parts.Where(part => part is not null).ToArray();
        return bad.Length > 0
            ? string.Join(", ", bad)
            : FormattableString.Invariant($"PASSED {run.PassedCount} of {run.RowCount}");
    }
}
