namespace PerfTests.Reporting;

/// <summary>A row of two files that has no two figures to compare.</summary>
/// <param name="Key">The key of the row.</param>
/// <param name="Reason">Why it cannot be compared.</param>
public sealed record UncomparedRow(string Key, string Reason)
{
    /// <summary>Returns the row if it cannot be compared, and null if both files have a figure of it.</summary>
    internal static UncomparedRow? Of(string key, ComparedFile before, ComparedFile after) =>
        (FaultIn(before, key) ?? FaultIn(after, key) ?? AbsenceFrom(before, key, after) ?? AbsenceFrom(after, key, before)) is { } reason
            ? new UncomparedRow(key, reason)
            : null;

    private static string? FaultIn(ComparedFile file, string key) =>
        file.Faults.GetValueOrDefault(key) is { } fault ? $"in {file.Label} {fault}" : null;

    private static string? AbsenceFrom(ComparedFile file, string key, ComparedFile other) =>
        file.Figures.ContainsKey(key) ? null : $"only {other.Label} has it";
}
