using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Metrics.Traces;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.SelfTest;

/// <summary>The figures that the trials against a stored baseline compare with.</summary>
/// <param name="Time">When they were measured.</param>
/// <param name="Launches">What was measured, by row; rows that a stored figure cannot judge are not there.</param>
internal sealed record StoredValues(DateTimeOffset Time, IReadOnlyDictionary<MetricRow, LaunchMinima[]> Launches)
{
    /// <summary>Times of system calls drift by factors without any change, so no stored figure can judge them.</summary>
    private static bool CanBeStored(MetricRow row) => row.Kind.CanBeStored();

    /// <summary>Measures them now, in as many fresh processes as a baseline takes.</summary>
    public static StoredValues Measure(IEnumerable<MetricRow> rows)
    {
        using var measurer = new RowMeasurer();
        var time = DateTimeOffset.UtcNow;
        return new StoredValues(time, rows.Where(CanBeStored).ToDictionary(
            row => row,
            row => Enumerable.Range(0, Acceptance.LeastLaunches).Select(process => measurer.MeasureFresh(row, LibraryVersion.WorkingTree, process).Minima).ToArray()));
    }

    /// <summary>Takes them from a baseline file.</summary>
    /// <exception cref="ResultsFileException">The file cannot be used, is of another machine class, or has none of the rows.</exception>
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
            : throw new ResultsFileException(ProjectRoot.Relative(path), $"it has no row that the trials could compare with ({whyNot})");
    }
}
