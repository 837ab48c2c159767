using PerfTests.Measurement.Machine;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>
/// The baselines that a run compares with: the one that was named, or else the committed one of this machine's
/// class, and behind it what this machine recorded for itself.
/// </summary>
public sealed class BaselineSet
{
    private readonly MachineClass _machine;
    private readonly List<(string FileName, ResultsDocument Document, bool IsLocal)> _files = [];

    private BaselineSet(MachineClass machine) => _machine = machine;

    /// <summary>Reads what there is.</summary>
    /// <param name="folder">Where baselines lie.</param>
    /// <param name="machine">The class of this machine.</param>
    /// <param name="named">A path or name that the user gave, or null.</param>
    /// <exception cref="ResultsFileException">A file cannot be used, or the one that was named is not there.</exception>
    public static BaselineSet Load(BaselineFolder folder, MachineClass machine, string? named)
    {
        var set = new BaselineSet(machine);
        if (named is not null)
        {
            set.Add(folder.Find(named), folder);
            return set;
        }

        foreach (var path in new[] { folder.Committed(machine), folder.Local(machine) }.Where(File.Exists))
        {
            set.Add(path, folder);
        }

        return set;
    }

    /// <summary>What a row is compared with, or null and the reason why it cannot be.</summary>
    public BaselineEntry? Find(MetricRow row, string? workload, out string whyNot)
    {
        whyNot = $"there is no baseline for this machine class ({_machine.Id})";
        foreach (var (fileName, document, _) in _files)
        {
            var theirs = document.Metadata.MachineClass;
            if (theirs is not null && theirs != _machine.Id)
            {
                whyNot = $"the baseline {fileName} is of another machine class ({theirs}; this one is {_machine.Id}), and figures are never compared across machines";
                continue;
            }

            if (!document.Metrics.TryGetValue(row.KeyFor(workload), out var figure) && !document.Metrics.TryGetValue(row.QualifiedKey, out figure))
            {
                whyNot = $"the baseline {fileName} does not have this row yet";
                continue;
            }

            if (figure.Workload != workload)
            {
                whyNot = $"the baseline {fileName} replayed another trace ({figure.Workload ?? "unnamed"}; this run replays {workload ?? "none"})";
                continue;
            }

            return new BaselineEntry(figure, fileName, document);
        }

        return null;
    }

    /// <summary>
    /// The measured rows of the accepted baseline of this machine class that a run did not come to. What the machine
    /// recorded for itself is no promise to anybody, and does not count.
    /// </summary>
    public IReadOnlyList<string> RowsNotIn(IReadOnlySet<string> run, out string fileName)
    {
        (fileName, var document, _) = _files.FirstOrDefault(file => !file.IsLocal && file.Document.Metadata.MachineClass == _machine.Id);
        return document is null
            ? []
            : [.. document.Metrics.Where(pair => pair.Value.Launches is not null && !run.Contains(MetricRow.WithoutTrace(pair.Key))).Select(pair => pair.Key)];
    }

    private void Add(string path, BaselineFolder folder)
    {
        if (!File.Exists(path))
        {
            throw new ResultsFileException(ProjectRoot.Relative(path), $"there is no such file (baselines by name: {string.Join(", ", folder.Names())})");
        }

        _files.Add((ProjectRoot.Relative(path), ResultsFile.Read(path), path == folder.Local(_machine)));
    }
}
