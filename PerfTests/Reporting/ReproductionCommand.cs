using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>The command that measures one row again.</summary>
internal static class ReproductionCommand
{
    /// <summary>A line for a shell, or null if no test measures the figure.</summary>
    public static string? Of(MetricResult figure) => TestIdentity.Find(figure.Name) is { } row
        ? $"dotnet test --filter \"DisplayName={Escape(row.TestDisplayName)}\""
        : null;

    /// <summary>Parentheses group the conditions of a filter, unless a backslash says that they are text.</summary>
    private static string Escape(string displayName) =>
        displayName.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
