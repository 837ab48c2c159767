using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>
/// Baselines that a run is compared with. If the user named a baseline, it is the only one. Otherwise a row is
/// compared with the newer of two results: that of the committed baseline of this machine class, and that of the baseline that a
/// pipeline keeps. If neither has the row, the baseline counts that this machine recorded for itself.
/// </summary>
public sealed class BaselineSet
{
    private readonly MachineClass _machine;
    private readonly List<BaselineFile> _files = [];

    private BaselineSet(MachineClass machine) => _machine = machine;

    /// <summary>Reads the baselines that exist.</summary>
    /// <param name="folder">Folder of the baselines.</param>
    /// <param name="machine">Class of this machine.</param>
    /// <param name="named">Path or name of the baseline that the user gave; null if the user gave none.</param>
    /// <param name="counts">Tells by the origin of a result whether it counts in the local baseline; null if all count.</param>
    /// <exception cref="ResultsFileException">A file cannot be used, or the named file does not exist.</exception>
    public static BaselineSet Load(
        BaselineFolder folder, MachineClass machine, string? named, Func<Provenance, bool>? counts = null)
    {
        var set = new BaselineSet(machine);
        if (named is not null)
        {
            set.Add(folder.Find(named), folder, counts);
            return set;
        }

        foreach (var path in new[] { folder.Committed(machine), folder.Kept(machine), folder.Local(machine) }.Where(File.Exists))
        {
            set.Add(path!, folder, counts);
        }

        return set;
    }

    /// <summary>True if there is no baseline of this machine class.</summary>
    public bool IsEmpty => _files.Count == 0;

    /// <summary>Finds the stored result that a row is compared with.</summary>
    /// <param name="row">The row.</param>
    /// <param name="workload">Name of the trace that the run replays; null if the row replays none.</param>
    /// <param name="whyNot">Reason why the row has no stored result to compare with, or an empty string.</param>
    /// <returns>The stored result and its file; null if no baseline has one for the row.</returns>
    public BaselineEntry? Find(ITheoryRow row, string? workload, out string whyNot)
    {
        var reasons = new List<(string File, UnusableBaseline Reason)>();
        BaselineEntry? newest = null;
        foreach (var file in _files.TakeWhile(file => newest is null || !file.IsLocal))
        {
            if (file.Find(row, workload, _machine, out var reason) is { } stored)
            {
                var entry = new BaselineEntry(stored, file.Name, file.Document) { IsLocal = file.IsLocal };
                newest = newest is null || entry.Age.CompareTo(newest.Age) > 0 ? entry : newest;
            }

            if (reason is not null)
            {
                reasons.Add((file.Name, reason));
            }
        }

        if (newest is not null)
        {
            whyNot = string.Empty;
            return newest;
        }

        whyNot = reasons.Count > 0 ? UnusableBaseline.Join(reasons) : $"there is no baseline for this machine class ({_machine.Id})";
        return null;
    }

    /// <summary>
    /// Lists the rows that the committed baseline of this machine class has and that a run lacks. Other baselines do not count,
    /// because no person reviewed them.
    /// </summary>
    public IReadOnlyList<string> RowsNotIn(IReadOnlySet<string> run, out string fileName)
    {
        var committed = _files.Find(file => file.IsCommitted && file.Document.Metadata.MachineClass == _machine.Id);
        fileName = committed?.Name ?? string.Empty;
        var keys = committed?.Document.Metrics.Where(pair => pair.Value.IsStored).Select(pair => pair.Key) ?? [];
        return [.. keys.Where(key => !run.Contains(MetricRow.WithoutTrace(CatalogueKeys.Common(key))))];
    }

    private void Add(string path, BaselineFolder folder, Func<Provenance, bool>? counts)
    {
        if (!File.Exists(path))
        {
            throw new ResultsFileException(
                ProjectRoot.Relative(path), $"there is no such file (existing baselines: {string.Join(", ", folder.Names())})");
        }

        var document = ResultsFile.Read(path, CatalogueKeys.Known);
        var isLocal = path == folder.Local(_machine);
        var isCommitted = !isLocal && path != folder.Kept(_machine);
        _files.Add(new BaselineFile(ProjectRoot.Relative(path), document, isCommitted, isLocal) { Counts = isLocal ? counts : null });
    }
}
