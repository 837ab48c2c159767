namespace PerfTests.Metrics;

/// <summary>
/// Finds rows of the catalogue by keys of results files. A file may spell a key in two ways: the name of the metric alone
/// (<c>lookup_arithmetic_time</c>), or the metric with all arguments (<c>lookup_arithmetic_time/arena/segments=100</c>).
/// </summary>
public static class CatalogueKeys
{
    /// <summary>Returns the row that a key names; null if the catalogue lacks the row. The name of a trace in the key is ignored.</summary>
    public static MetricRow? Find(string key)
    {
        var name = MetricRow.WithoutTrace(key);
        return Catalogue.Rows.FirstOrDefault(row => row.Key == name || row.QualifiedKey == name);
    }

    /// <summary>Converts a key to the spelling that this suite writes. A key that the catalogue lacks is returned unchanged.</summary>
    public static string Common(string key) => Find(key) is { } row ? row.Key + key[MetricRow.WithoutTrace(key).Length..] : key;

    /// <summary>
    /// Returns the unit and the bytes per operation that the row must have in a results file; null if the catalogue has no row of
    /// this key.
    /// </summary>
    public static KnownRow? Known(string key) =>
        Find(key) is { } row ? new KnownRow(Common(key), row.Metric.Unit, row.BytesPerOperation) : null;
}
