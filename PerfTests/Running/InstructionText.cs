using System.Globalization;
using PerfTests.Measurement.Instructions;
using PerfTests.Metrics.Counted;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Writes messages of rows that count instructions.</summary>
internal sealed class InstructionText(CountedRow row)
{
    /// <summary>Smallest change of a method that a message mentions, in instructions per operation.</summary>
    private const double NoteworthyChange = 0.1;

    /// <summary>Returns verdict, row and change, such as <c>Regressed: … 64.2 -> 72.2 instructions (+12.5 %)</c>.</summary>
    public string Change(Verdict verdict, double before, double after) =>
        $"{VerdictName.Of(verdict)}: {row.Label} {Number(before)} -> {Format(after)} "
        + FormattableString.Invariant($"({100 * ((after / before) - 1):+0.0;-0.0;0.0} %)");

    /// <summary>Returns how the instructions were counted, and the tolerance.</summary>
    public static string Detail(InstructionCount count) => FormattableString.Invariant(
        $"exact, counted over {CountText.Of(count.Operations, "operation")}, tolerance {InstructionRule.TolerancePercent} % and ")
        + FormattableString.Invariant($"{InstructionRule.SmallestChange} instruction");

    /// <summary>Returns the methods that changed, the largest change first.</summary>
    public static IReadOnlyList<MethodChange> Changes(InstructionCount before, InstructionCount after) =>
    [
        .. before.ByMethod.Keys.Union(after.ByMethod.Keys)
            .Select(name => new MethodChange(name, PerOperation(after, name) - PerOperation(before, name)))
            .Where(method => Math.Abs(method.Change) >= NoteworthyChange)
            .OrderByDescending(method => Math.Abs(method.Change))
            .ThenBy(method => method.Method, StringComparer.Ordinal),
    ];

    /// <summary>Returns the instructions per operation of each method, the largest number first; rare methods are left out.</summary>
    public static IReadOnlyList<MethodCount> ByMethod(InstructionCount count) =>
    [
        .. count.ByMethod.Keys
            .Select(name => new MethodCount(name, Math.Round(PerOperation(count, name), CountRule.Decimals)))
            .Where(method => method.Count >= NoteworthyChange)
            .OrderByDescending(method => method.Count)
            .ThenBy(method => method.Method, StringComparer.Ordinal),
    ];

    /// <summary>Lists the methods with the largest changes, such as <c>: SlabPart.Free +8.0</c>; empty if none changed.</summary>
    public static string Methods(InstructionCount before, InstructionCount after) =>
        MethodText.Of(Changes(before, after)) is { Length: > 0 } text ? $": {text}" : string.Empty;

    /// <summary>Formats a count per operation with its unit.</summary>
    public static string Format(double value) => $"{Number(value)} instructions";

    /// <summary>Returns the increase in percent; null if the baseline is 0.</summary>
    public static double? Percent(double before, double after) => before > 0 ? 100 * ((after / before) - 1) : null;

    private static string Number(double value) => value.ToString("#,0.0", CultureInfo.InvariantCulture);

    private static double PerOperation(InstructionCount count, string method) =>
        (double)count.ByMethod.GetValueOrDefault(method) / count.Operations;
}
