namespace PerfTests.Commands;

/// <summary>Finds the verb that is most similar to a mistyped one.</summary>
internal static class NearestVerb
{
    /// <summary>Returns the verb with the smallest edit distance from a text.</summary>
    public static string Of(string text, IEnumerable<string> verbs) => verbs.MinBy(verb => EditCount(text, verb))!;

    /// <summary>Returns the number of insertions, deletions and replacements between two texts (Levenshtein distance).</summary>
    private static int EditCount(string from, string to)
    {
        var counts = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, _) = (counts[0], counts[0] = i);
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = counts[j];
                counts[j] = Math.Min(replaced, Math.Min(counts[j], counts[j - 1]) + 1);
            }
        }

        return counts[^1];
    }
}
