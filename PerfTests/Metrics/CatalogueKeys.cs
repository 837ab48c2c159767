namespace PerfTests.Metrics;

/// <summary>
/// Finds rows of the catalogue by keys of results files. A file may spell a key in two ways: the bare metric
/// (<c>lookup_arithmetic_time</c>), or the metric with all arguments (<c>lookup_arithmetic_time/arena/segments=100</c>).
/// </summary>
public static class CatalogueKeys
{
    /// <summary>Returns the row that a key names, whichever trace it replayed; null if the catalogue has no such row.</summary>
    public static MetricRow? Find(string key)
    {
        var name = MetricRow.WithoutTrace(key);
        return Catalogue.Rows.FirstOrDefault(row => row.Key == name || row.QualifiedKey == name);
    }

    /// <summary>Returns the one key that stands for all spellings of a row. A key that the catalogue lacks is returned unchanged.</summary>
    public static string Common(string key) => Find(key) is { } row ? row.Key + key[MetricRow.WithoutTrace(key).Length..] : key;

    /// <summary>Returns the facts that a results file is checked against; null if the catalogue has no row of this key.</summary>
    public static KnownRow? Known(string key) =>
        Find(key) is { } row ? new KnownRow(Common(key), row.Metric.Unit, row.BytesPerOperation) : null;
}
