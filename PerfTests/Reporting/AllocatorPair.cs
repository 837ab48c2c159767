using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Rows that measure the same operation on the original allocator and on another one.</summary>
/// <param name="Title">Description of the operation.</param>
/// <param name="Original">Row of the original allocator.</param>
/// <param name="Other">Row of the other allocator.</param>
public sealed record AllocatorPair(string Title, MetricResult Original, MetricResult Other)
{
    /// <summary>Fewest words that two titles must share at their start to describe the same operation.</summary>
    private const int FewestSharedWords = 2;

    private static readonly Dictionary<string, int> s_noParameters = [];

    /// <summary>Name of the other allocator in reports.</summary>
    public string OtherTitle => Allocators.TitleOf(Other.Allocator!);

    /// <summary>Factor by which the other allocator is better than the original.</summary>
    public double Improvement => Original.Direction == Direction.Higher
        ? Other.Value / Original.Value
        : Original.Value / Other.Value;

    /// <summary>
    /// Pairs the rows of a section. Two rows of one metric with equal parameters are a pair. Each of the two ways to look up an address
    /// is a metric of its own, so two rows with equal units, equal parameters and titles that begin alike are a pair too.
    /// </summary>
    public static IReadOnlyList<AllocatorPair> Of(ResultsDocument results, MetricGroup group)
    {
        var rows = results.Metrics.Values.Where(row => row.Group == group && row.Launches is not null).ToArray();
        var originals = rows.Where(row => row.Allocator == Allocators.All[0].Name).ToArray();
        return
        [
            .. rows.Where(row => row.Allocator is not null).Except(originals)
                .GroupBy(row => row.Allocator)
                .SelectMany(others => PairAll(originals, [.. others])),
        ];
    }

    private static IEnumerable<AllocatorPair> PairAll(MetricResult[] originals, List<MetricResult> unpaired)
    {
        foreach (var original in originals)
        {
            var other = unpaired.Find(row => row.Metric == original.Metric && HasSameParameters(row, original))
                ?? unpaired.Find(row => row.Metric != original.Metric && row.Unit == original.Unit
                    && SharedStart(original, row) is not null && HasSameParameters(row, original));
            if (other is not null)
            {
                unpaired.Remove(other);
                yield return new AllocatorPair(TitleOf(original, other), original, other);
            }
        }
    }

    private static bool HasSameParameters(MetricResult one, MetricResult other) =>
        (one.Parameters ?? s_noParameters).OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .SequenceEqual((other.Parameters ?? s_noParameters).OrderBy(parameter => parameter.Key, StringComparer.Ordinal));

    private static string TitleOf(MetricResult original, MetricResult other)
    {
        var title = original.Metric == other.Metric ? original.Title : SharedStart(original, other);
        var parameters = string.Join(
            ", ", (original.Parameters ?? s_noParameters).Select(parameter => ParameterText.Of(parameter.Key, parameter.Value)));
        return parameters.Length > 0 ? $"{title} ({parameters})" : title ?? original.Name;
    }

    /// <summary>Returns the words with which both titles begin; null if there are too few.</summary>
    private static string? SharedStart(MetricResult one, MetricResult other)
    {
        var words = (one.Title ?? string.Empty).Split(' ').Zip((other.Title ?? string.Empty).Split(' '))
            .TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First).ToArray();
        return words.Length < FewestSharedWords ? null : string.Join(' ', words[^1] == "by" ? words[..^1] : words);
    }
}
