namespace PerfTests.Running;

/// <summary>Finds the word that a user most likely meant by a misspelt word.</summary>
internal static class EditDistance
{
    /// <summary>Returns the known word with the smallest distance from a word.</summary>
    public static string Nearest(string word, IEnumerable<string> known) => known.MinBy(candidate => Between(word, candidate))!;

    /// <summary>
    /// Returns the smallest number of insertions, deletions, replacements and swaps of adjacent letters that turn one word into
    /// the other (optimal string alignment distance).
    /// </summary>
    public static int Between(string one, string other)
    {
        var distances = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                distances[i, j] = i == 0 || j == 0 ? i + j : Least(i, j);
            }
        }

        return distances[one.Length, other.Length];

        int Least(int i, int j)
        {
            var replaced = distances[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            var least = Math.Min(replaced, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
            var areSwapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            return areSwapped ? Math.Min(least, distances[i - 2, j - 2] + 1) : least;
        }
    }
}
