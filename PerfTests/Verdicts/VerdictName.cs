namespace PerfTests.Verdicts;

/// <summary>Spells verdicts the same way in messages, tables and reports.</summary>
public static class VerdictName
{
    /// <summary>Returns the name for the beginning of a message, such as <c>Not comparable</c>.</summary>
    public static string Of(Verdict verdict) => verdict == Verdict.NotComparable ? "Not comparable" : verdict.ToString();

    /// <summary>Returns the name for use within a sentence, such as <c>not comparable</c>, or <c>not judged</c> for null.</summary>
    public static string WithinSentence(Verdict? verdict) => verdict switch
    {
        Verdict.NotComparable => "not comparable",
        null => "not judged",
        { } other => other.ToString().ToLowerInvariant(),
    };
}
