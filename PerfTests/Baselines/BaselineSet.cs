using PerfTests.Files;
using PerfTests.Machine;
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
    private readonly List<BaselineFile> _files = [];

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

    /// <summary>Finds what a row is compared with; null, and the reason, where it cannot be.</summary>
    public BaselineEntry? Find(MetricRow row, string? workload, out string whyNot)
    {
        var reasons = new List<string>();
        foreach (var file in _files)
        {
            if (file.Find(row, workload, _machine, out var reason) is { } figure)
            {
                whyNot = string.Empty;
                return new BaselineEntry(figure, file.Name, file.Document);
            }

            reasons.Add(reason);
        }

        whyNot = reasons.Count > 0 ? string.Join(", and ", reasons) : $"there is no baseline for this machine class ({_machine.Id})";
        return null;
    }

    /// <summary>
    /// Finds the measured rows of the accepted baseline of this machine class that a run did not come to. What the machine
    /// recorded for itself is no promise to anybody, and does not count.
    /// </summary>
    public IReadOnlyList<string> RowsNotIn(IReadOnlySet<string> run, out string fileName)
    {
        var accepted = _files.Find(file => !file.IsLocal && file.Document.Metadata.MachineClass == _machine.Id);
        fileName = accepted?.Name ?? string.Empty;
        var theirs = accepted?.Document.Metrics.Where(pair => pair.Value.Launches is not null).Select(pair => pair.Key) ?? [];
        return [.. theirs.Where(key => !run.Contains(MetricRow.WithoutTrace(RowKeys.Common(key))))];
    }

    private void Add(string path, BaselineFolder folder)
    {
        if (!File.Exists(path))
        {
            throw new ResultsFileException(ProjectRoot.Relative(path), $"there is no such file (baselines by name: {string.Join(", ", folder.Names())})");
        }

        _files.Add(new BaselineFile(ProjectRoot.Relative(path), ResultsFile.Read(path), path == folder.Local(_machine)));
    }
}
