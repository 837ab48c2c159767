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
    /// Reads the accepted rows of a machine class. If several files have a row, the value that was measured last counts.
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

    private void Add(ResultsDocument document)
    {
        MachineClass ??= document.Metadata.MachineClass;
        foreach (var (key, stored) in document.Metrics)
        {
            var common = CatalogueKeys.Common(key);
            var row = stored with { Name = common, Provenance = BaselineRecorder.ProvenanceOf(document, stored) };
            if (!_rows.TryGetValue(common, out var other) || other.Provenance!.Timestamp < row.Provenance.Timestamp)
            {
                _rows[common] = row;
            }
        }
    }
}
