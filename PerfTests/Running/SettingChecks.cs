using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Metrics.Traces;
using PerfTests.Results;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Checks, before anything is measured, what would otherwise be found wrong at the end of a run or not at all.</summary>
internal static class SettingChecks
{
    /// <summary>Smallest file that is a baseline.</summary>
    internal const string BaselineSample =
        """{"timestamp": "2026-01-31T12:00:00Z", "metrics": """
        + """{"allocation_total_time": {"name": "allocation_total_time", "value": 9000, "unit": "nanoseconds"}}}""";

    /// <summary>A line of a trace.</summary>
    internal const string TraceSample = """{"timestamp": 0, "input_length": 1024, "output_length": 16, "hash_ids": [0, 1]}""";

    /// <summary>Checks everything.</summary>
    /// <exception cref="SettingException">A setting has a value that it cannot have.</exception>
    /// <exception cref="VersionException">The cache folder cannot be used.</exception>
    public static void RequireAll()
    {
        SettingNames.Require();
        _ = Setting.Strict.IsOn;
        RequireMeasurable(Disturbances.FindFatal());
        RequireOutput(RunContext.ResultsPath);
        RunLock.RequireFolder();
        RequireBaseline();
        RequireTrace();
        if (Setting.CacheFolder.Text is not null)
        {
            CacheFolder.Find();
        }

        if (Setting.UpdateBaseline.IsOn)
        {
            RequireAcceptable(GitRevision.Read());
        }
    }

    /// <summary>Refuses to measure where no figure could be trusted.</summary>
    /// <exception cref="SettingException">Something makes every figure worthless.</exception>
    internal static void RequireMeasurable(IReadOnlyList<Disturbance> fatal)
    {
        // One cause often shows in several ways; what is left when it is gone, the next run names.
        if (fatal.Count > 0)
        {
            throw new SettingException($"{fatal[0].Message}. No figure could be trusted.");
        }
    }

    /// <summary>Writes a probe where the results are to go.</summary>
    /// <exception cref="SettingException">Nothing can be written there.</exception>
    internal static void RequireOutput(string path)
    {
        var problem = Directory.Exists(path) || Path.GetFileName(path).Length == 0 ? "it is a folder"
            : FolderProbe.WhyNotWritable(Path.GetDirectoryName(path)!) ?? FolderProbe.WhyNotWritableBeside(path);
        if (problem is not null)
        {
            var value = Setting.Output.Text ?? ProjectRoot.Relative(path);
            throw new SettingException(
                $"{Setting.Output.Name} is \"{value}\", where no results can be written: {problem.TrimEnd('.')}. "
                + "Allowed: a file, such as TestResults/perf/results.json, in a folder that is there or can be made and can be written to.");
        }
    }

    /// <summary>Refuses a run whose figures could not become the baseline, or not be measured again.</summary>
    /// <exception cref="SettingException">They could not.</exception>
    internal static void RequireAcceptable(GitRevision git)
    {
        var problem = Setting.Base.Text is { } other
                ? $"{Setting.Base.Name} is \"{other}\", and figures of a paired run are no baseline. Unset one of the two"
            : git.Commit is null
                ? "this run has no commit that the baseline could be compared with later. "
                    + $"Git says: {git.Problem.TrimEnd('.')}. Run in a clone of the repository"
            : git.IsDirty
                ? "there are uncommitted changes, so no commit holds what would be measured. "
                    + "Commit or stash them first (git status lists them), or run in a clone"
            : null;
        if (problem is not null)
        {
            throw new SettingException($"{Setting.UpdateBaseline.Name} is \"1\", but {problem}.");
        }
    }

    private static void RequireBaseline()
    {
        if (Setting.Baseline.Text is not { } named)
        {
            return;
        }

        var path = BaselineFolder.OfProject.Find(named);
        if (!File.Exists(path))
        {
            // A baseline that is about to be made need not be there yet.
            if (!Setting.UpdateBaseline.IsOn)
            {
                throw Unusable(Setting.Baseline, named, "there is no such file", BaselineKinds(), BaselineSample);
            }

            return;
        }

        try
        {
            ResultsFile.Read(path, CatalogueKeys.Known);
        }
        catch (ResultsFileException e)
        {
            throw Unusable(Setting.Baseline, named, e.Message, BaselineKinds(), BaselineSample);
        }
    }

    private static string BaselineKinds()
    {
        var names = BaselineFolder.OfProject.Names();
        return "a results or baseline file"
            + (names.Count > 0 ? $", or a name under baselines/ ({string.Join(", ", names)})" : string.Empty);
    }

    private static void RequireTrace()
    {
        if (Setting.Trace.Text is not { } named)
        {
            return;
        }

        const string Kind = "a KV-cache trace, one JSON object a line";
        var path = ProjectRoot.Resolve(named);
        if (!File.Exists(path))
        {
            throw Unusable(Setting.Trace, named, "there is no such file", Kind, TraceSample);
        }

        try
        {
            TraceFile.Read(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(Setting.Trace, named, e.Message, Kind, TraceSample);
        }
    }

    private static SettingException Unusable(Setting setting, string value, string problem, string allowed, string sample) =>
        new($"{setting.Name} is \"{value}\", which cannot be used: {problem.TrimEnd('.')}. Allowed: {allowed}, such as {sample}");
}
