namespace PerfTests.Verdicts;

/// <summary>Spells verdicts the same way in messages, tables and reports.</summary>
public static class VerdictName
{
    /// <summary>Returns the name as it begins a message, such as <c>Not comparable</c>.</summary>
    public static string Of(Verdict verdict) => verdict == Verdict.NotComparable ? "Not comparable" : verdict.ToString();

    /// <summary>Returns the name as it stands within a sentence, such as <c>not comparable</c>; null is <c>not judged</c>.</summary>
    public static string WithinSentence(Verdict? verdict) => verdict switch
    {
        Verdict.NotComparable => "not comparable",
        null => "not judged",
        { } other => other.ToString().ToLowerInvariant(),
    };
}
