using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Builds the shell commands that measure rows again, with all settings that change what is measured or compared.</summary>
internal static class ReproductionCommand
{
    private const string BaseVariable = "PERF_BASE", CandidateVariable = "PERF_CANDIDATE";

    /// <summary>Largest number of rows that a filter names one by one. For more rows, the filter names their metrics.</summary>
    private const int MaxNamed = 4;

    /// <summary>
    /// Returns the command that measures a row again; null if no test measures the row, or if a shell could misread a setting.
    /// </summary>
    public static string? Of(ResultsMetadata run, MetricResult row) => Of(run, [row], []);

    /// <summary>
    /// Returns the command that measures several rows again; null if one of the rows has no test, or if a shell could misread a setting.
    /// </summary>
    /// <param name="run">Run that measured the rows.</param>
    /// <param name="measured">Rows that have a value.</param>
    /// <param name="notMeasured">Keys of rows that have no value.</param>
    public static string? Of(ResultsMetadata run, IReadOnlyList<MetricResult> measured, IReadOnlyCollection<string> notMeasured)
    {
        var tests = measured.Select(row => row.Name).Concat(notMeasured).Select(TestIdentity.Find).ToArray();
        if (tests.Length == 0 || Array.Exists(tests, test => test is null))
        {
            return null;
        }

        var filter = tests.Length <= MaxNamed
            ? string.Join('|', tests.Select(test => $"DisplayName={Escape(test!.TestDisplayName)}"))
            : $"Category=Perf&({string.Join('|', tests.Select(test => $"Metric={test!.MetricId}").Distinct())})";

        // PERF_BASE is taken from the rows only if all have a value and were paired with the same version. Otherwise the version of the
        // run is used; if the run has none, the next run decides again which rows it pairs.
        string?[] versions = notMeasured.Count > 0 ? [] : [.. measured.Select(row => PairedWith(row.Judgement)).Distinct()];
        return Command($"\"{filter}\"", run, versions is [var version] ? version : null);
    }

    /// <summary>Returns the command that measures all rows again; null if a shell could misread a setting.</summary>
    public static string? OfAllRows(ResultsMetadata run) => Command("Category=Perf", run, null);

    private static string? Command(string filter, ResultsMetadata run, string? pairedWith)
    {
        var version = pairedWith ?? run.Baseline;
        KeyValuePair<string, string?>[] settings =
        [
            new(BaseVariable, version),
            new(CandidateVariable, version is null ? null : run.Candidate),
            .. run.Settings?.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)) ?? [],
        ];
        string?[] options =
            [.. settings.Where(setting => setting.Value is not null).Select(setting => Option(setting.Key, setting.Value!))];
        return options.Contains(null) ? null : $"dotnet test --filter {filter}{string.Concat(options)}";
    }

    /// <summary>Returns the version that a row was paired with, if the row was judged by pairing alone; otherwise null.</summary>
    private static string? PairedWith(JudgementResult? judgement) =>
        judgement is { BaselineFile: null, Paired.Baseline: { Length: > 0 } label } ? label : null;

    /// <summary>Returns the option that sets a variable; null if a shell could interpret a character even between quotes.</summary>
    private static string? Option(string name, string value) =>
        !name.All(c => char.IsAsciiLetterUpper(c) || c == '_') || !value.All(IsSafeBetweenQuotes) ? null
        : value.All(IsSafe) ? $" -e {name}={value}"
        : $" -e \"{name}={value}\"";

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || "._/-".Contains(c, StringComparison.Ordinal);

    /// <summary>
    /// Returns true if a shell leaves the character unchanged between double quotes, and reports do not replace it, as they replace the
    /// backtick and the vertical bar.
    /// </summary>
    private static bool IsSafeBetweenQuotes(char c) =>
        IsSafe(c) || char.IsLetter(c) || " ~^@{}+,:;=%#&*?()[]<>'".Contains(c, StringComparison.Ordinal);

    /// <summary>Escapes parentheses, which would otherwise group the conditions of the filter.</summary>
    private static string Escape(string displayName) =>
        displayName.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
