using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>The command that measures one row again.</summary>
internal static class ReproductionCommand
{
    /// <summary>More rows than these are named by their metrics.</summary>
    private const int MostNamed = 4;

    /// <summary>A line for a shell, or null if no test measures the figure.</summary>
    public static string? Of(MetricResult figure) => TestIdentity.Find(figure.Name) is { } row
        ? $"dotnet test --filter \"DisplayName={Escape(row.TestDisplayName)}\"{Base(figure.Judgement)}"
        : null;

    /// <summary>Returns a line for a shell that measures these rows again; null if no test measures one of them.</summary>
    /// <param name="figures">Rows that have a value.</param>
    /// <param name="keys">Rows that have none.</param>
    public static string? Of(IReadOnlyList<MetricResult> figures, IEnumerable<string> keys)
    {
        var rows = figures.Select(figure => figure.Name).Concat(keys).Select(TestIdentity.Find).ToArray();
        if (rows.Length == 0 || Array.Exists(rows, row => row is null))
        {
            return null;
        }

        var filter = rows.Length <= MostNamed
            ? string.Join('|', rows.Select(row => $"DisplayName={Escape(row!.TestDisplayName)}"))
            : $"Category=Perf&({string.Join('|', rows.Select(row => $"Metric={row!.MetricId}").Distinct())})";
        return $"dotnet test --filter \"{filter}\"{Base((figures.Count > 0 ? figures[0].Judgement : null))}";
    }

    /// <summary>What was judged by a revision alone is judged by that again; a label from elsewhere must be no more than a word to a shell.</summary>
    private static string Base(JudgementResult? judgement) =>
        judgement is { BaselineFile: null, Paired.Baseline: { Length: > 0 } label } && label.All(c => char.IsAsciiLetterOrDigit(c) || "._/-".Contains(c, StringComparison.Ordinal))
            ? $" -e PERF_BASE={label}"
            : string.Empty;

    /// <summary>Parentheses group the conditions of a filter, unless a backslash says that they are text.</summary>
    private static string Escape(string displayName) =>
        displayName.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
