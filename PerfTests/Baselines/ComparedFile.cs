using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>
/// One of two files that are compared. Its rows have the common spelling of their keys, whichever spelling the file uses.
/// </summary>
/// <param name="Label">Name that messages use for the file.</param>
/// <param name="Rows">Usable rows, by key.</param>
/// <param name="Faults">Unusable rows by key, each with the reason.</param>
internal sealed record ComparedFile(
    string Label, OrderedDictionary<string, MetricResult> Rows, OrderedDictionary<string, string> Faults)
{
    /// <summary>Keys of all rows, usable or not.</summary>
    public IEnumerable<string> Keys => Rows.Keys.Concat(Faults.Keys);

    /// <summary>Sorts the rows of a document into usable and unusable rows.</summary>
    public static ComparedFile Of(ResultsDocument document, string label) =>
        new(label, ByCommonKey(document.Metrics), ByCommonKey(document.UnusableRows));

    private static OrderedDictionary<string, T> ByCommonKey<T>(IReadOnlyDictionary<string, T> rows) =>
        new(rows.Select(row => KeyValuePair.Create(CatalogueKeys.Common(row.Key), row.Value)), StringComparer.Ordinal);
}
