using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Launches;
using PerfTests.Metrics;
using PerfTests.Metrics.Traces;
using PerfTests.Results;
using PerfTests.Versions;

namespace PerfTests.SelfTest;

/// <summary>Stored values that the trials compare with new values.</summary>
/// <param name="Time">Time at which the values were measured.</param>
/// <param name="Launches">Minima of each launch, by row. Rows that stored values cannot judge are left out.</param>
internal sealed record StoredValues(DateTimeOffset Time, IReadOnlyDictionary<MetricRow, LaunchMinima[]> Launches)
{
    /// <summary>Rows that could not be measured, with the reason.</summary>
    public IReadOnlyDictionary<MetricRow, UnmeasuredRow> Unmeasured { get; private init; } = new Dictionary<MetricRow, UnmeasuredRow>();

    /// <summary>
    /// Tells whether stored values can judge a row. Times of system calls change several-fold without a change of the code.
    /// </summary>
    private static bool CanBeStored(MetricRow row) => row.Kind.CanBeStored();

    /// <summary>Measures the values now, in as many fresh processes as an accepted baseline needs.</summary>
    public static StoredValues Measure(IEnumerable<MetricRow> rows)
    {
        using var pool = new LaunchPool();
        var measurer = new RowMeasurer(pool, new RowLog());
        var time = DateTimeOffset.UtcNow;
        var launches = new Dictionary<MetricRow, LaunchMinima[]>();
        var unmeasured = new Dictionary<MetricRow, UnmeasuredRow>();
        foreach (var row in rows.Where(CanBeStored))
        {
            if (UnmeasuredRow.Attempt(row, () => launches[row] = Measure(row, measurer)) is { } why)
            {
                unmeasured[row] = why;
            }
        }

        return new StoredValues(time, launches) { Unmeasured = unmeasured };
    }

    private static LaunchMinima[] Measure(MetricRow row, RowMeasurer measurer) =>
    [
        .. Enumerable.Range(0, Acceptance.MinLaunches)
            .Select(process => measurer.MeasureFresh(row, LibraryVersion.WorkingTree, process).Minima),
    ];

    /// <summary>Reads the values from a baseline file.</summary>
    /// <exception cref="ResultsFileException">The file is invalid, is from another machine class, or contains none of the rows.</exception>
    public static StoredValues Read(string path, IEnumerable<MetricRow> rows)
    {
        var document = ResultsFile.Read(ProjectRoot.Resolve(path), CatalogueKeys.Known);
        var set = BaselineSet.Load(BaselineFolder.OfProject, MachineClass.Current, path);
        var workload = TraceIdentity.Of(TraceFile.Locate());
        var whyNot = string.Empty;
        var launches = new Dictionary<MetricRow, LaunchMinima[]>();
        foreach (var row in rows.Where(CanBeStored))
        {
            if (set.Find(row, row.ReadsTrace ? workload : null, out whyNot)?.Stored.Launches is { Count: > 0 } found)
            {
                launches.Add(row, [.. found.Select(launch => launch.Minima)]);
            }
        }

        return launches.Count > 0
            ? new StoredValues(document.Timestamp, launches)
            : throw new ResultsFileException(ProjectRoot.Relative(path), $"it contains no row that the trials can compare with ({whyNot})");
    }
}
