using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Rows that measure the same operation on both allocators.</summary>
/// <param name="Title">Description of the operation.</param>
/// <param name="Original">Row of the original allocator.</param>
/// <param name="Arena">Row of the arena.</param>
public sealed record AllocatorPair(string Title, MetricResult Original, MetricResult Arena)
{
    /// <summary>Fewest words that two titles must share at their start to describe the same operation.</summary>
    private const int FewestSharedWords = 2;

    private static readonly Dictionary<string, int> s_noParameters = [];

    /// <summary>Factor by which the arena is better than the original.</summary>
    public double Improvement => Original.Direction == Direction.Higher
        ? Arena.Value / Original.Value
        : Original.Value / Arena.Value;

    /// <summary>
    /// Pairs the rows of a section. Rows of one metric with equal parameters are a pair. The two ways to look up an address are
    /// metrics of their own: rows with equal units, equal parameters and titles that begin alike are a pair too.
    /// </summary>
    public static IReadOnlyList<AllocatorPair> Of(ResultsDocument results, MetricGroup group)
    {
        var rows = results.Metrics.Values.Where(row => row.Group == group && row.Launches is not null).ToArray();
        var unpaired = rows.Where(row => row.Allocator == Allocators.Arena).ToList();
        var pairs = new List<AllocatorPair>();
        foreach (var original in rows.Where(row => row.Allocator == Allocators.Shm))
        {
            var arena = unpaired.Find(row => row.Metric == original.Metric && HasSameParameters(row, original))
                ?? unpaired.Find(row => row.Metric != original.Metric && row.Unit == original.Unit
                    && SharedStart(original, row) is not null && HasSameParameters(row, original));
            if (arena is not null)
            {
                unpaired.Remove(arena);
                pairs.Add(new AllocatorPair(TitleOf(original, arena), original, arena));
            }
        }

        return pairs;
    }

    private static bool HasSameParameters(MetricResult one, MetricResult other) =>
        (one.Parameters ?? s_noParameters).OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .SequenceEqual((other.Parameters ?? s_noParameters).OrderBy(parameter => parameter.Key, StringComparer.Ordinal));

    private static string TitleOf(MetricResult original, MetricResult arena)
    {
        var title = original.Metric == arena.Metric ? original.Title : SharedStart(original, arena);
        var parameters = string.Join(
            ", ", (original.Parameters ?? s_noParameters).Select(parameter => ParameterText.Of(parameter.Key, parameter.Value)));
        return parameters.Length > 0 ? $"{title} ({parameters})" : title ?? original.Name;
    }

    /// <summary>Returns the words with which both titles begin; null if they are too few.</summary>
    private static string? SharedStart(MetricResult one, MetricResult other)
    {
        var words = (one.Title ?? string.Empty).Split(' ').Zip((other.Title ?? string.Empty).Split(' '))
            .TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First).ToArray();
        return words.Length < FewestSharedWords ? null : string.Join(' ', words[^1] == "by" ? words[..^1] : words);
    }
}
