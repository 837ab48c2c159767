using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics.Traces;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>What a run is asked to do, read once and checked before anything is measured.</summary>
internal sealed class RunContext
{
    private readonly Action<string> _progress;
    private readonly Lazy<ReferenceVersion> _reference;
    private readonly Dictionary<string, LibraryVersion?> _versions = [];

    /// <summary>Reads the environment and the files.</summary>
    /// <exception cref="SettingException">A setting has a value that it cannot have.</exception>
    /// <exception cref="Results.ResultsFileException">A baseline cannot be used.</exception>
    /// <exception cref="InvalidDataException">The trace cannot be used.</exception>
    /// <exception cref="VersionException">A version to compare with cannot be had.</exception>
    public RunContext(Action<string> progress)
    {
        _progress = progress;
        _reference = new(() => ReferenceVersion.Find(BaselineFolder.OfProject, progress));
        Settings = SettingsFile.Read();
        IsStrict = Setting.Strict.IsOn;
        IsUpdatingBaseline = Setting.UpdateBaseline.IsOn;
        Machine = MachineClass.Current;
        Git = GitRevision.Read();
        Disturbances = PerfTests.Machine.Disturbances.Find();
        var named = Setting.Baseline.Text;
        BaselineToAccept = named is null ? BaselineFolder.OfProject.Committed(Machine) : BaselineFolder.OfProject.Find(named);

        // A baseline that is about to be made need not be there yet.
        var isNew = IsUpdatingBaseline && !File.Exists(BaselineToAccept);
        Baselines = BaselineSet.Load(BaselineFolder.OfProject, Machine, isNew ? null : named);
        LocalBaseline = BaselineFolder.OfProject.Local(Machine);
        OutputPath = ResultsPath;
        Base = Setting.Base.Text is { } baseText ? VersionLocator.Find(Setting.Base.Name, baseText, progress) : null;
        Candidate = Setting.Candidate.Text is { } candidateText ? VersionLocator.Find(Setting.Candidate.Name, candidateText, progress) : LibraryVersion.WorkingTree;
        if (Base is null && Candidate != LibraryVersion.WorkingTree)
        {
            throw new SettingException(Setting.Candidate.Name, Setting.Candidate.Text!, $"only together with {Setting.Base.Name}");
        }

        Workload = TraceIdentity.Of(TraceFile.Locate());
    }

    public SettingsFile Settings { get; }

    public bool IsStrict { get; }

    public bool IsUpdatingBaseline { get; }

    public MachineClass Machine { get; }

    public GitRevision Git { get; }

    /// <summary>Conditions that add noise to this run's values.</summary>
    public IReadOnlyList<Disturbance> Disturbances { get; }

    public BaselineSet Baselines { get; }

    public string BaselineToAccept { get; }

    public string LocalBaseline { get; }

    /// <summary>
    /// True if what has no baseline is recorded for this machine: only where the machine's own baselines judge, and nothing
    /// disturbs it. A run against something that was named must not change them.
    /// </summary>
    public bool IsRecordingLocally => Base is null && Setting.Baseline.Text is null && !IsUpdatingBaseline && Disturbances.Count == 0;

    public string OutputPath { get; }

    /// <summary>Where a run's results go; what else a run writes goes beside them.</summary>
    public static string ResultsPath => ProjectRoot.Resolve(Setting.Output.Text ?? Path.Combine("TestResults", "perf", "results.json"));

    /// <summary>What everything is paired with, or null: then stored baselines judge.</summary>
    public LibraryVersion? Base { get; }

    /// <summary>Version to pair rows with that have no stored baseline for this machine; built when it is first asked for.</summary>
    public ReferenceVersion Reference => _reference.Value;

    /// <summary>What is judged.</summary>
    public LibraryVersion Candidate { get; }

    /// <summary>The libraries that a baseline was measured with, if they can still be had.</summary>
    public LibraryVersion? VersionOf(BaselineEntry baseline)
    {
        // What was measured with uncommitted changes is not what its commit holds.
        var origin = baseline.Provenance;
        if (origin.GitDirty || origin.GitCommit is not { } hash || !GitRevision.IsHash(hash) || Versions.Git.Resolve(hash) is not { } commit)
        {
            return null;
        }

        if (!_versions.TryGetValue(commit, out var version))
        {
            try
            {
                version = RevisionBuilder.Build(commit, _progress);
            }
            catch (Exception e) when (e is VersionException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
            {
                _progress($"cannot compare with the baseline's own commit: {e.Message}");
            }

            _versions.Add(commit, version);
        }

        return version;
    }

    /// <summary>The trace that is replayed, by name and content.</summary>
    public string Workload { get; }
}
