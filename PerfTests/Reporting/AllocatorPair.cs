using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>The same thing, measured on both allocators.</summary>
/// <param name="Title">What it is, for people.</param>
/// <param name="Original">The original allocator's figure.</param>
/// <param name="Arena">The arena's figure.</param>
public sealed record AllocatorPair(string Title, MetricResult Original, MetricResult Arena)
{
    private const int FewestSharedWords = 2;

    /// <summary>How many times better the arena is.</summary>
    public double Improvement => Original.Direction == Direction.Higher
        ? Arena.Value / Original.Value
        : Original.Value / Arena.Value;

    /// <summary>
    /// Pairs the figures of a group. Rows of one metric belong together; where each allocator has a metric of its
    /// own (the two ways of looking an address up) the unit, the parameters and what their titles begin with say what
    /// belongs together.
    /// </summary>
    public static IReadOnlyList<AllocatorPair> Of(ResultsDocument results, MetricGroup group)
    {
        var figures = results.Metrics.Values.Where(figure => figure.Group == group && figure.Launches is not null).ToArray();
        var unpaired = figures.Where(figure => figure.Allocator == Allocators.Arena).ToList();
        var pairs = new List<AllocatorPair>();
        foreach (var original in figures.Where(figure => figure.Allocator == Allocators.Shm))
        {
            var arena = unpaired.Find(figure => figure.Metric == original.Metric && SameParameters(figure, original))
                ?? unpaired.Find(figure => figure.Metric != original.Metric && figure.Unit == original.Unit
                    && SharedBeginning(original, figure) is not null && SameParameters(figure, original));
            if (arena is not null)
            {
                unpaired.Remove(arena);
                pairs.Add(new AllocatorPair(TitleOf(original, arena), original, arena));
            }
        }

        return pairs;
    }

    private static bool SameParameters(MetricResult one, MetricResult other) =>
        (one.Parameters ?? NoParameters).OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .SequenceEqual((other.Parameters ?? NoParameters).OrderBy(parameter => parameter.Key, StringComparer.Ordinal));

    private static string TitleOf(MetricResult original, MetricResult arena)
    {
        var title = original.Metric == arena.Metric ? original.Title : SharedBeginning(original, arena);
        var parameters = string.Join(", ", (original.Parameters ?? NoParameters).Select(parameter => ParameterText.Of(parameter.Key, parameter.Value)));
        return parameters.Length > 0 ? $"{title} ({parameters})" : title ?? original.Name;
    }

    /// <summary>What the titles of two ways of doing one thing share; null if that is too little to be one thing.</summary>
    private static string? SharedBeginning(MetricResult one, MetricResult other)
    {
        var words = (one.Title ?? string.Empty).Split(' ').Zip((other.Title ?? string.Empty).Split(' '))
            .TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First).ToArray();
        return words.Length < FewestSharedWords ? null : string.Join(' ', words[^1] == "by" ? words[..^1] : words);
    }

    private static readonly Dictionary<string, int> NoParameters = [];
}
