using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>
/// Rows that measure the same operation on the original allocator and on another one. If the run also measured the two rows side by side,
/// for a speed-up, the values of that measurement are shown, because the speed of the machine did not change between them.
/// </summary>
/// <param name="Title">Description of the operation.</param>
/// <param name="Original">Row of the original allocator.</param>
/// <param name="Other">Row of the other allocator.</param>
/// <param name="SideBySide">Values of both rows, measured side by side; null if they were measured one after the other.</param>
public sealed record AllocatorPair(string Title, MetricResult Original, MetricResult Other, SideBySide? SideBySide)
{
    /// <summary>Fewest words that two titles must share at their start to describe the same operation.</summary>
    private const int MinSharedWords = 3;

    private static readonly Dictionary<string, int> s_noParameters = [];

    /// <summary>Name of the other allocator in reports.</summary>
    public string OtherTitle => Allocators.TitleOf(Other.Allocator!);

    /// <summary>True if both rows were measured side by side.</summary>
    public bool IsSideBySide => SideBySide is not null;

    /// <summary>Value of the original allocator.</summary>
    public double OriginalValue => SideBySide?.Slow.Value ?? RowFigures.Of(Original).Candidate;

    /// <summary>Value of the other allocator.</summary>
    public double OtherValue => SideBySide?.Fast.Value ?? RowFigures.Of(Other).Candidate;

    /// <summary>Value of the original allocator with its unit.</summary>
    public string OriginalText => ValueText.Format(OriginalValue, MetricUnit.ByName[Original.Unit]);

    /// <summary>Value of the other allocator with its unit.</summary>
    public string OtherText => ValueText.Format(OtherValue, MetricUnit.ByName[Other.Unit]);

    /// <summary>Factor by which the other allocator is better than the original.</summary>
    public double Improvement => Original.Direction == Direction.Higher ? OtherValue / OriginalValue : OriginalValue / OtherValue;

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
                .SelectMany(others => PairAll(originals, [.. others]))
                .Select(pair => pair with { SideBySide = FindSideBySide(results, pair) }),
        ];
    }

    private static SideBySide? FindSideBySide(ResultsDocument results, AllocatorPair pair) => results.Metrics.Values
        .Select(row => row.SideBySide)
        .FirstOrDefault(both => both is not null && both.Slow.Name == MetricRow.WithoutTrace(pair.Original.Name)
            && both.Fast.Name == MetricRow.WithoutTrace(pair.Other.Name));

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
                yield return new AllocatorPair(TitleOf(original, other), original, other, null);
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
        return words.Length < MinSharedWords ? null : string.Join(' ', words[^1] == "by" ? words[..^1] : words);
    }
}
