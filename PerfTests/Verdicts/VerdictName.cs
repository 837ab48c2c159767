namespace PerfTests.Verdicts;

/// <summary>The one spelling of each verdict in messages, tables and reports.</summary>
public static class VerdictName
{
    /// <summary>Returns the name as it begins a message, such as <c>Not comparable</c>.</summary>
    public static string Of(Verdict verdict) => verdict == Verdict.NotComparable ? "Not comparable" : verdict.ToString();
}
