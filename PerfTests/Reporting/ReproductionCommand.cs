using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>The command that measures one row again.</summary>
internal static class ReproductionCommand
{
    /// <summary>A line for a shell, or null if no test measures the figure.</summary>
    public static string? Of(MetricResult figure) => TestIdentity.Find(figure.Name) is { } row
        ? $"dotnet test --filter \"DisplayName={Escape(row.TestDisplayName)}\"{Base(figure.Judgement)}"
        : null;

    /// <summary>What was judged by a revision alone is judged by that again; a label from elsewhere must be no more than a word to a shell.</summary>
    private static string Base(JudgementResult? judgement) =>
        judgement is { BaselineFile: null, Paired.Base: { Length: > 0 } label } && label.All(c => char.IsAsciiLetterOrDigit(c) || "._/-".Contains(c, StringComparison.Ordinal))
            ? $" -e PERF_BASE={label}"
            : string.Empty;

    /// <summary>Parentheses group the conditions of a filter, unless a backslash says that they are text.</summary>
    private static string Escape(string displayName) =>
        displayName.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
