using System.Globalization;
using System.Text;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Table of runs without empty cells. Otava's importer refuses a table with an empty cell, but a run of some rows has no values for the
/// others. Such a cell gets the column's value of the run before, or, if there is none, of the run after. Otava itself fills gaps of its
/// other sources in this way.
/// </summary>
internal sealed class OtavaTable
{
    private const string TimeColumn = "time", CommitColumn = "commit";

    private readonly List<Dictionary<string, string>> _lines = [];

    /// <summary>Reads a table. Lines without a time and cells that are not numbers are left out.</summary>
    public static OtavaTable Parse(IReadOnlyList<string> lines)
    {
        var table = new OtavaTable();
        var columns = lines.Count > 0 ? lines[0].Split(',') : [];
        table._lines.AddRange(lines.Skip(1)
            .Select(line => columns.Zip(line.Split(',')).Where(cell => IsUsable(cell.First, cell.Second))
                .DistinctBy(cell => cell.First).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))
            .Where(line => line.ContainsKey(TimeColumn)));
        return table;
    }

    /// <summary>Adds the line of a run. If the report of a run is written again, the new line replaces the old one.</summary>
    public void Set(string time, string commit, IEnumerable<KeyValuePair<string, double>> values)
    {
        var own = values.ToDictionary(
            value => value.Key, value => value.Value.ToString("R", CultureInfo.InvariantCulture), StringComparer.Ordinal);
        own[TimeColumn] = time;
        own[CommitColumn] = commit;
        _lines.RemoveAll(line => line[TimeColumn] == time);
        _lines.Add(own);
        _lines.Sort((one, other) => string.CompareOrdinal(one[TimeColumn], other[TimeColumn]));
    }

    /// <summary>Returns the table as CSV.</summary>
    public string Render()
    {
        var keys = _lines.SelectMany(line => line.Keys).Distinct().Except([TimeColumn, CommitColumn]);
        string[] columns = [TimeColumn, CommitColumn, .. keys.Order(StringComparer.Ordinal)];
        foreach (var column in columns)
        {
            Fill(_lines, column);
            Fill(_lines.AsEnumerable().Reverse(), column);
        }

        var text = new StringBuilder().AppendJoin(',', columns).Append('\n');
        foreach (var line in _lines)
        {
            text.AppendJoin(',', columns.Select(column => line[column])).Append('\n');
        }

        return text.ToString();
    }

    private static void Fill(IEnumerable<Dictionary<string, string>> lines, string column)
    {
        string? last = null;
        foreach (var line in lines)
        {
            if (line.TryGetValue(column, out var own))
            {
                last = own;
            }
            else if (last is not null)
            {
                line[column] = last;
            }
        }
    }

    private static bool IsUsable(string column, string cell) => column is TimeColumn or CommitColumn
        ? cell.Length > 0
        : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
}
