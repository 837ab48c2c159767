using System.ComponentModel;
using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics.Traces;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Settings, baselines and versions of a run, read and checked once before the first row.</summary>
internal sealed class RunContext
{
    private readonly Action<string> _progress;
    private readonly Lazy<ReferenceVersion> _reference;
    private readonly Dictionary<string, LibraryVersion?> _versions = [];

    /// <summary>Reads the environment variables and the files.</summary>
    /// <exception cref="SettingException">A setting has a value that is not allowed.</exception>
    /// <exception cref="Results.ResultsFileException">A baseline cannot be used.</exception>
    /// <exception cref="InvalidDataException">The trace cannot be used.</exception>
    /// <exception cref="VersionException">A version to compare with cannot be found or built.</exception>
    public RunContext(Action<string> progress)
    {
        _progress = progress;
        var folder = Folder;
        _reference = new(() => ReferenceVersion.Find(folder, progress));
        Settings = SettingsFile.Read();
        IsStrict = Setting.Strict.IsOn;
        IsUpdatingBaseline = Setting.UpdateBaseline.IsOn;
        Machine = MachineClass.Current;
        Git = GitRevision.Read();
        Disturbances = PerfTests.Machine.Disturbances.Find();
        var named = Setting.Baseline.Text;
        BaselineToAccept = named is null ? folder.Kept(Machine) ?? folder.Committed(Machine) : folder.Find(named);
        AcceptedBeside = named is null && folder.KeptPath is not null ? [folder.Committed(Machine)] : [];

        // A run that updates the baseline creates the file if it does not exist.
        var isNew = IsUpdatingBaseline && !File.Exists(BaselineToAccept);
        Baselines = BaselineSet.Load(folder, Machine, isNew ? null : named, LocalOrigin.Counts);
        LocalBaseline = folder.Local(Machine);
        OutputPath = ResultsPath;
        Base = Setting.Base.Text is { } baseText ? VersionLocator.Find(Setting.Base.Name, baseText, progress) : null;
        Candidate = Setting.Candidate.Text is { } candidateText
            ? VersionLocator.Find(Setting.Candidate.Name, candidateText, progress)
            : LibraryVersion.WorkingTree;
        if (Base is null && Candidate != LibraryVersion.WorkingTree)
        {
            throw new SettingException(
                $"{Setting.Candidate.Name} is \"{Setting.Candidate.Text}\", but {Setting.Base.Name} is not set: "
                + "there is nothing to compare the candidate with. Set both, or neither.");
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

    /// <summary>Path of the baseline that the run becomes with PERF_UPDATE_BASELINE=1.</summary>
    public string BaselineToAccept { get; }

    /// <summary>Paths of further accepted baselines. Their rows are copied to the baseline that the run becomes.</summary>
    public IReadOnlyList<string> AcceptedBeside { get; }

    /// <summary>Reason for accepting values that are worse; null if the user gave none.</summary>
    public Consent? Consent { get; } = Consent.For(Setting.UpdateReason.Text, Setting.UpdateBy.Text);

    public string LocalBaseline { get; }

    /// <summary>Tells which values of the local baseline count for the code that is checked out.</summary>
    public LocalOrigin LocalOrigin { get; } = new(Versions.Git.Project);

    /// <summary>Folders of the baselines.</summary>
    private static BaselineFolder Folder => BaselineFolder.OfProject with
    {
        KeptPath = Setting.KeptBaselines.Text is { } kept ? ProjectRoot.Resolve(kept) : null,
    };

    /// <summary>
    /// True if the values of rows without a baseline are stored in this machine's local baseline. They are stored only if
    /// nothing disturbs the run, the code has no uncommitted changes, PERF_BASE and PERF_BASELINE are not set, and the run does not become
    /// the accepted baseline.
    /// </summary>
    public bool IsRecordingLocally =>
        Base is null && Setting.Baseline.Text is null && !IsUpdatingBaseline && Disturbances.Count == 0 && !Git.IsDirty;

    public string OutputPath { get; }

    /// <summary>Path of the results file; the reports are written to the same folder.</summary>
    public static string ResultsPath => ProjectRoot.Resolve(Setting.Output.Text ?? Path.Combine("TestResults", "perf", "results.json"));

    /// <summary>Version that all rows are paired with, or null if rows are judged by stored baselines.</summary>
    public LibraryVersion? Base { get; }

    /// <summary>
    /// Version that rows without a stored baseline on this machine are paired with. The version is built when this property is
    /// first read.
    /// </summary>
    public ReferenceVersion Reference => _reference.Value;

    /// <summary>Version that is judged.</summary>
    public LibraryVersion Candidate { get; }

    /// <summary>
    /// Returns the libraries that a baseline was measured with, or null if the baseline's commit is unknown or cannot be built.
    /// </summary>
    /// <param name="baseline">Entry of the baseline.</param>
    /// <param name="whyNot">Receives the reason why there are no such libraries; empty if they are returned.</param>
    public LibraryVersion? VersionOf(BaselineEntry baseline, out string whyNot)
    {
        whyNot = string.Empty;
        var origin = baseline.Provenance;
        if (origin.GitDirty)
        {
            // The libraries of the baseline's commit are not the ones that were measured.
            whyNot = "the baseline was measured with uncommitted changes";
            return null;
        }

        if (origin.GitCommit is not { } hash || !GitRevision.IsHash(hash))
        {
            whyNot = "the baseline names no commit";
            return null;
        }

        if (Versions.Git.Resolve(hash) is not { } commit)
        {
            whyNot = $"commit {hash[..7]} is missing in this clone; fetch it (git fetch --unshallow in a shallow clone)";
            return null;
        }

        if (!_versions.TryGetValue(commit, out var version))
        {
            try
            {
                version = RevisionBuilder.Build(commit, _progress);
            }
            catch (Exception e) when (e is VersionException or IOException or UnauthorizedAccessException or Win32Exception)
            {
                _progress($"cannot pair with the baseline's commit {commit[..7]}: {e.Message}");
            }

            _versions.Add(commit, version);
        }

        whyNot = version is null ? $"commit {commit[..7]} cannot be built" : string.Empty;
        return version;
    }

    /// <summary>Name and content hash of the trace that is replayed.</summary>
    public string Workload { get; }
}
