using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>One of two files that are compared. Keys are the same whichever way a file spells a row.</summary>
/// <param name="Label">What messages call it.</param>
/// <param name="Figures">Its usable figures.</param>
/// <param name="Faults">Why its other rows cannot be used.</param>
internal sealed record ComparedFile(
    string Label, OrderedDictionary<string, MetricResult> Figures, OrderedDictionary<string, string> Faults)
{
    /// <summary>Keys of all its rows.</summary>
    public IEnumerable<string> Keys => Figures.Keys.Concat(Faults.Keys);

    /// <summary>Reads a document.</summary>
    public static ComparedFile Of(ResultsDocument document, string label) =>
        new(label, ByCommonKey(document.Metrics), ByCommonKey(document.UnusableRows));

    private static OrderedDictionary<string, T> ByCommonKey<T>(IReadOnlyDictionary<string, T> rows) =>
        new(rows.Select(row => KeyValuePair.Create(RowKeys.Common(row.Key), row.Value)), StringComparer.Ordinal);
}
