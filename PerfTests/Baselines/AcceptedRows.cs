using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>
/// Rows that are accepted so far, each with its origin. Keys have the spelling that this suite writes: under two spellings of its key,
/// one row would have two values, and readers refuse such a file.
/// </summary>
internal sealed class AcceptedRows
{
    private readonly Dictionary<string, MetricResult> _rows = new(StringComparer.Ordinal);

    /// <summary>Accepted rows by key.</summary>
    public IReadOnlyDictionary<string, MetricResult> Rows => _rows;

    /// <summary>Class of the machine that measured the rows; null if there are none.</summary>
    public string? MachineClass { get; private set; }

    /// <summary>
    /// Reads the accepted rows of a machine class. If several files have a row, the newer value counts, see <see cref="Age"/>.
    /// </summary>
    /// <param name="paths">Baseline files; a file that does not exist is skipped.</param>
    /// <exception cref="ResultsFileException">A file cannot be used.</exception>
    public static AcceptedRows Read(params IEnumerable<string> paths)
    {
        var accepted = new AcceptedRows();
        foreach (var path in paths.Where(RealPath.IsFile))
        {
            accepted.Add(ResultsFile.Read(path, CatalogueKeys.Known));
        }

        return accepted;
    }

    /// <summary>Removes the rows, and the oldest values of rows, whose origin does not count.</summary>
    public void Keep(Func<Provenance, bool> counts)
    {
        foreach (var (key, row) in _rows.ToArray())
        {
            if (!counts(row.Provenance!))
            {
                _rows.Remove(key);
            }
            else if (row.Anchor is { } anchor && !counts(anchor.Provenance))
            {
                _rows[key] = row with { Anchor = null };
            }
        }
    }

    /// <summary>
    /// Returns the moments by which the newer of two accepted results of a row is found: that of its oldest accepted value, and that
    /// of its own measurement. So a regression that was accepted for a reason is newer than later runs that continue the value before.
    /// </summary>
    internal static (DateTimeOffset Oldest, DateTimeOffset Own) Age(MetricResult stored, Provenance own) =>
        (stored.Anchor?.Provenance.Timestamp ?? own.Timestamp, own.Timestamp);

    private void Add(ResultsDocument document)
    {
        MachineClass ??= document.Metadata.MachineClass;
        foreach (var (key, stored) in document.Metrics)
        {
            var common = CatalogueKeys.Common(key);
            var row = stored with { Name = common, Provenance = BaselineRecorder.ProvenanceOf(document, stored) };
            if (!_rows.TryGetValue(common, out var other) || Age(other, other.Provenance!).CompareTo(Age(row, row.Provenance)) < 0)
            {
                _rows[common] = row;
            }
        }
    }
}
