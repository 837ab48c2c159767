using PerfTests.Baselines;
using PerfTests.Measurement.Machine;
using PerfTests.Metrics.Traces;

namespace PerfTests.Running;

/// <summary>What a run is asked to do, read once and checked before anything is measured.</summary>
internal sealed class RunContext
{
    /// <summary>Reads the environment and the files.</summary>
    /// <exception cref="SettingException">A setting has a value that it cannot have.</exception>
    /// <exception cref="Results.ResultsFileException">A baseline cannot be used.</exception>
    /// <exception cref="InvalidDataException">The trace cannot be used.</exception>
    public RunContext()
    {
        Settings = SettingsFile.Read();
        IsStrict = Setting.Strict.IsOn;
        IsUpdatingBaseline = Setting.UpdateBaseline.IsOn;
        Machine = MachineClass.Current;
        Git = GitRevision.Read();
        var named = Setting.Baseline.Text;
        BaselineToAccept = named is null ? BaselineFolder.OfProject.Committed(Machine) : BaselineFolder.OfProject.Find(named);

        // A baseline that is about to be made need not be there yet.
        var isNew = IsUpdatingBaseline && !File.Exists(BaselineToAccept);
        Baselines = BaselineSet.Load(BaselineFolder.OfProject, Machine, isNew ? null : named);
        LocalBaseline = BaselineFolder.OfProject.Local(Machine);
        OutputPath = ProjectRoot.Resolve(Setting.Output.Text ?? Path.Combine("TestResults", "perf", "results.json"));
        Workload = TraceIdentity.Of(TraceFile.Locate());
    }

    public SettingsFile Settings { get; }

    public bool IsStrict { get; }

    public bool IsUpdatingBaseline { get; }

    public MachineClass Machine { get; }

    public GitRevision Git { get; }

    public BaselineSet Baselines { get; }

    public string BaselineToAccept { get; }

    public string LocalBaseline { get; }

    public string OutputPath { get; }

    /// <summary>The trace that is replayed, by name and content.</summary>
    public string Workload { get; }
}
