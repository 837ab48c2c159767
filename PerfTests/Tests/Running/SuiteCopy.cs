using System.Diagnostics;
using PerfTests.ChildProcesses;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Results;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>
/// A copy of the built suite in a folder of its own, which is run as a user runs it: with its own results, baselines, lock
/// and <c>/dev/shm</c>.
/// </summary>
internal sealed class SuiteCopy : IDisposable
{
    /// <summary>Mounts another <c>/dev/shm</c>, and becomes the command that follows.</summary>
    private const string InMountNamespace = "mount --make-rprivate / && eval \"$0\" && exec \"$@\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-copy-").FullName;

    public SuiteCopy()
    {
        // What the suite takes for the top of the project.
        File.WriteAllText(Path.Combine(_folder, "PerfTests.sln"), string.Empty);
        CopyFolder(TestExecutable.Folder, Path.Combine(_folder, "bin"));
    }

    public string ResultsPath => Path.Combine(_folder, "TestResults", "perf", "results.json");

    public string ReportPath => Path.Combine(_folder, "TestResults", "perf", "report.md");

    public string LocalBaselines => Path.Combine(_folder, "baselines", "local");

    /// <summary>The results that lie there now, or null.</summary>
    public ResultsDocument? Results => File.Exists(ResultsPath) ? ResultsFile.Read(ResultsPath) : null;

    /// <summary>Runs the rows of these metrics to the end.</summary>
    /// <param name="metrics">Ids of metrics.</param>
    /// <param name="environment">Variables beside those of the test.</param>
    /// <param name="mount">A shell command that mounts another <c>/dev/shm</c>, or null.</param>
    public (int ExitCode, string Output) Run(
        IEnumerable<string> metrics, IReadOnlyDictionary<string, string>? environment = null, string? mount = null)
    {
        using var process = Start(metrics, environment, mount);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (mount is not null && errors.Result.Contains("unshare", StringComparison.Ordinal))
        {
            Assert.Skip($"This test mounts a /dev/shm of its own, and may not: {errors.Result.Trim()}");
        }

        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Starts a run of the rows of these metrics.</summary>
    public Process Start(IEnumerable<string> metrics, IReadOnlyDictionary<string, string>? environment = null, string? mount = null)
    {
        string[] command = [Path.Combine(_folder, "bin", "PerfTests"), .. metrics.SelectMany(metric => new[] { "-trait", $"Metric={metric}" }), "-diagnostics"];
        var start = mount is null
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("unshare", ["--mount", "bash", "-c", InMountNamespace, mount, .. command]);
        start.WorkingDirectory = _folder;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PERF_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["PERF_LOCK_FOLDER"] = _folder;
        start.Environment["ALLURE_CONFIG"] = AllureConfiguration();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>The folder of binaries, for pairing the suite's own libraries with themselves.</summary>
    public string Binaries => Path.Combine(_folder, "bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string AllureConfiguration()
    {
        var path = Path.Combine(_folder, "allure.json");
        File.WriteAllText(path, $$"""{ "allure": { "directory": "{{_folder}}/allure-results" } }""");
        return path;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
