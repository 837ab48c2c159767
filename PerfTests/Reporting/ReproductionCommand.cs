using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Builds the shell commands that measure rows again.</summary>
internal static class ReproductionCommand
{
    /// <summary>Largest number of rows that a filter names one by one. For more rows, the filter names their metrics.</summary>
    private const int MostNamed = 4;

    /// <summary>Returns the command that measures a row again; null if no test measures it.</summary>
    public static string? Of(MetricResult row) => TestIdentity.Find(row.Name) is { } test
        ? $"dotnet test --filter \"DisplayName={Escape(test.TestDisplayName)}\"{BaselineOption(row.Judgement)}"
        : null;

    /// <summary>Returns the command that measures several rows again; null if one of the rows has no test.</summary>
    /// <param name="measured">Rows that have a value.</param>
    /// <param name="notMeasured">Keys of rows that have no value.</param>
    public static string? Of(IReadOnlyList<MetricResult> measured, IEnumerable<string> notMeasured)
    {
        var tests = measured.Select(row => row.Name).Concat(notMeasured).Select(TestIdentity.Find).ToArray();
        if (tests.Length == 0 || Array.Exists(tests, test => test is null))
        {
            return null;
        }

        var filter = tests.Length <= MostNamed
            ? string.Join('|', tests.Select(test => $"DisplayName={Escape(test!.TestDisplayName)}"))
            : $"Category=Perf&({string.Join('|', tests.Select(test => $"Metric={test!.MetricId}").Distinct())})";
        return $"dotnet test --filter \"{filter}\"{BaselineOption(measured.Count > 0 ? measured[0].Judgement : null)}";
    }

    /// <summary>
    /// Returns the option that pairs a row with the same revision again, if the row was judged by pairing alone. The option is left out
    /// if the revision's label has characters that a shell could interpret.
    /// </summary>
    private static string BaselineOption(JudgementResult? judgement) =>
        judgement is { BaselineFile: null, Paired.Baseline: { Length: > 0 } label } && label.All(IsSafeInShell)
            ? $" -e PERF_BASE={label}"
            : string.Empty;

    private static bool IsSafeInShell(char c) => char.IsAsciiLetterOrDigit(c) || "._/-".Contains(c, StringComparison.Ordinal);

    /// <summary>Escapes parentheses, which would otherwise group the conditions of the filter.</summary>
    private static string Escape(string displayName) =>
        displayName.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
