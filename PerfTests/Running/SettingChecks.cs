using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Metrics.Traces;
using PerfTests.Results;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Checks settings, files and the machine before the first row, so that a mistake does not cost a whole run.</summary>
internal static class SettingChecks
{
    /// <summary>Smallest valid baseline file, for messages.</summary>
    internal const string BaselineSample =
        """{"timestamp": "2026-01-31T12:00:00Z", "metrics": """
        + """{"allocation_total_time": {"name": "allocation_total_time", "value": 9000, "unit": "nanoseconds"}}}""";

    /// <summary>Line of a trace, for messages.</summary>
    internal const string TraceSample = """{"timestamp": 0, "input_length": 1024, "output_length": 16, "hash_ids": [0, 1]}""";

    /// <summary>Makes all checks.</summary>
    /// <exception cref="SettingException">A setting is unknown, or its value is not allowed.</exception>
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

    /// <summary>Refuses to measure under a condition that makes every value useless.</summary>
    /// <exception cref="SettingException">A condition makes every value useless.</exception>
    internal static void RequireMeasurable(IReadOnlyList<Disturbance> fatal)
    {
        // One cause often leads to several disturbances, so only the first is reported.
        if (fatal.Count > 0)
        {
            throw new SettingException($"{fatal[0].Message}. Otherwise every measured value is useless.");
        }
    }

    /// <summary>Checks that the results file can be written, by creating a temporary file beside it.</summary>
    /// <exception cref="SettingException">The file cannot be written.</exception>
    internal static void RequireOutput(string path)
    {
        var problem = Directory.Exists(path) || Path.GetFileName(path).Length == 0 ? "it is a folder"
            : FolderProbe.WhyNotWritable(Path.GetDirectoryName(path)!) ?? FolderProbe.WhyNotWritableBeside(path);
        if (problem is not null)
        {
            var value = Setting.Output.Text ?? ProjectRoot.Relative(path);
            throw new SettingException(
                $"{Setting.Output.Name} is \"{value}\", where results cannot be written: {problem.TrimEnd('.')}. "
                + "Allowed: a file, such as TestResults/perf/results.json, in a writable folder; a missing folder is created.");
        }
    }

    /// <summary>
    /// Checks that the values of this run may become the baseline: the run pairs no rows, and a commit contains the measured
    /// code.
    /// </summary>
    /// <exception cref="SettingException">The values may not become the baseline.</exception>
    internal static void RequireAcceptable(GitRevision git)
    {
        var problem = Setting.Base.Text is { } other
                ? $"{Setting.Base.Name} is \"{other}\", and the values of a paired run cannot become a baseline. Unset one of the two"
            : git.Commit is null
                ? "the baseline could not name the commit that it was measured with. "
                    + $"Git reports: {git.Problem.TrimEnd('.')}. Run in a clone of the repository"
            : git.IsDirty
                ? "there are uncommitted changes, so no commit contains the code that would be measured. "
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
            // A run that updates the baseline creates the file.
            if (!Setting.UpdateBaseline.IsOn)
            {
                throw Unusable(Setting.Baseline, named, "the file does not exist", BaselineKinds(), BaselineSample);
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

        const string Kind = "a KV-cache trace with one JSON object per line";
        var path = ProjectRoot.Resolve(named);
        if (!File.Exists(path))
        {
            throw Unusable(Setting.Trace, named, "the file does not exist", Kind, TraceSample);
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
        new($"{setting.Name} is \"{value}\", which cannot be used: {problem.TrimEnd('.')}. "
            + $"Allowed: {allowed}. Example of its content: {sample}");
}
