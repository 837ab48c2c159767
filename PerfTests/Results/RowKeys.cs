using PerfTests.Metrics;

namespace PerfTests.Results;

/// <summary>Keys of result files: a file may name a row by its bare metric or by everything.</summary>
internal static class RowKeys
{
    /// <summary>Gets the row of the catalogue that a key names, whatever trace it replayed; null if there is none.</summary>
    public static MetricRow? Find(string key)
    {
        var name = MetricRow.WithoutTrace(key);
        return Catalogue.Rows.FirstOrDefault(row => row.Key == name || row.QualifiedKey == name);
    }

    /// <summary>Gets the one key that stands for all spellings of a row; a key that the catalogue does not know is its own.</summary>
    public static string Common(string key) => Find(key) is { } row ? row.Key + key[MetricRow.WithoutTrace(key).Length..] : key;
}
