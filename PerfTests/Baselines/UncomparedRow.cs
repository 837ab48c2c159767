namespace PerfTests.Baselines;

/// <summary>A row of two files that cannot be compared, because one of the files has no usable value for it.</summary>
/// <param name="Key">Key of the row.</param>
/// <param name="Reason">Reason why the row cannot be compared.</param>
public sealed record UncomparedRow(string Key, string Reason)
{
    /// <summary>Returns the row if it cannot be compared; null if both files have a value for it.</summary>
    internal static UncomparedRow? Of(string key, ComparedFile before, ComparedFile after) =>
        (FaultIn(before, key) ?? FaultIn(after, key) ?? AbsenceFrom(before, key, after) ?? AbsenceFrom(after, key, before)) is { } reason
            ? new UncomparedRow(key, reason)
            : null;

    private static string? FaultIn(ComparedFile file, string key) =>
        file.Faults.GetValueOrDefault(key) is { } fault ? $"in {file.Label} {fault}" : null;

    private static string? AbsenceFrom(ComparedFile file, string key, ComparedFile other) =>
        file.Rows.ContainsKey(key) ? null : $"only {other.Label} has it";
}
