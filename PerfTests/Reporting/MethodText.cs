using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Formats the methods whose number of instructions changed.</summary>
internal static class MethodText
{
    /// <summary>Maximum number of methods that a text names.</summary>
    private const int MaxMethods = 4;

    /// <summary>Returns the largest changes, such as <c>SlabPart.Free +8.0</c>; an empty text if no method changed.</summary>
    public static string Of(IReadOnlyList<MethodChange> changes)
    {
        var named = changes.Take(MaxMethods).Select(method => FormattableString.Invariant($"{method.Method} {method.Change:+0.0;-0.0}"));
        var rest = changes.Count - MaxMethods;
        var more = rest > 0 ? $" and {CountText.Of(rest, "more method")}" : string.Empty;
        return string.Join(", ", named) + more;
    }
}
