using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>The command that measures one row again.</summary>
internal static class ReproductionCommand
{
    /// <summary>A line for a shell, or null if no test measures the figure.</summary>
    public static string? Of(MetricResult figure) => TestIdentity.Find(figure.Name) is { } row
        ? $"dotnet test --filter \"DisplayName={row.TestDisplayName}\""
        : null;
}
