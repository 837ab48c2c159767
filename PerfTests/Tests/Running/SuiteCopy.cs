using System.Diagnostics;
using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Reporting.Allure;
using PerfTests.Results;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>
/// Copy of the built suite in a temporary folder, with its own results, baselines and lock. Tests run the copy in another
/// process, as a user does, and can mount another <c>/dev/shm</c> for that process.
/// </summary>
internal sealed class SuiteCopy : IDisposable
{
    /// <summary>
    /// Shell script that evaluates its first argument, which mounts another <c>/dev/shm</c>, and executes the other arguments
    /// as a command.
    /// </summary>
    private const string InMountNamespace = "mount --make-rprivate / && eval \"$0\" && exec \"$@\"";

    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-copy-").FullName;

    /// <summary>Copies the suite.</summary>
    public SuiteCopy()
    {
        // The suite uses the folder that contains this file as the project's folder.
        File.WriteAllText(Path.Combine(_folder, "PerfTests.sln"), string.Empty);
        CopyFolder(TestExecutable.Folder, Path.Combine(_folder, "bin"));
    }

    /// <summary>Path of the results file of a run.</summary>
    public string ResultsPath => Path.Combine(_folder, "TestResults", "perf", "results.json");

    /// <summary>Path of the Markdown report of a run.</summary>
    public string ReportPath => Path.Combine(_folder, "TestResults", "perf", "report.md");

    /// <summary>Folder of the local baselines.</summary>
    public string LocalBaselines => Path.Combine(_folder, "baselines", "local");

    /// <summary>Gets the current results, or null if there is no results file.</summary>
    public ResultsDocument? Results => File.Exists(ResultsPath) ? ResultsFile.Read(ResultsPath) : null;

    /// <summary>Returns the arguments that select all rows of some metrics.</summary>
    public static string[] RowsOf(params IEnumerable<string> metrics) =>
        [.. metrics.SelectMany(metric => new[] { "-trait", $"Metric={metric}" })];

    /// <summary>Runs tests with a filter of <c>dotnet test</c> and waits for the end.</summary>
    /// <param name="filter">Filter of the tests.</param>
    /// <param name="isEnumerated">
    /// False to make each theory a single test case. The runner then finds the rows of the theory only when it runs the theory.
    /// </param>
    /// <param name="variables">Environment variables to set in addition to those of this process.</param>
    public (int ExitCode, string Output) RunFilter(
        string filter, bool isEnumerated = true, params (string Name, string Value)[] variables)
    {
        var enumeration = isEnumerated ? "true" : "false";
        var settings = Write("runner.json", $$"""{ "preEnumerateTheories": {{enumeration}}, "parallelMode": "none" }""");
        return Run([settings, "-noColor", "-filterVSTest", filter], variables.ToDictionary(pair => pair.Name, pair => pair.Value));
    }

    /// <summary>Runs tests and waits for the end.</summary>
    /// <param name="arguments">Arguments of xUnit's command line.</param>
    /// <param name="environment">Environment variables to set in addition to those of this process.</param>
    /// <param name="mount">Shell command that mounts another <c>/dev/shm</c>, or null.</param>
    public (int ExitCode, string Output) Run(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? mount = null)
    {
        using var process = Start(arguments, environment, mount);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (mount is not null && errors.Result.Contains("unshare", StringComparison.Ordinal))
        {
            Assert.Skip($"This test mounts its own /dev/shm, which is not permitted here: {errors.Result.Trim()}");
        }

        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Starts a run of tests.</summary>
    public Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? mount = null)
    {
        string[] command = [Path.Combine(Binaries, "PerfTests"), .. arguments, "-diagnostics"];
        var start = mount is null
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("unshare", ["--mount", "bash", "-c", InMountNamespace, mount, .. command]);
        start.WorkingDirectory = _folder;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PERF_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment.Remove(HostSystem.AssumedVariable);
        start.Environment[Setting.LockFolder.Name] = _folder;
        start.Environment[AllureConfiguration.VariableName] = WriteAllureConfiguration();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>
    /// Folder of the copied binaries. If PERF_BASE is set to this folder, the libraries are paired with themselves.
    /// </summary>
    public string Binaries => Path.Combine(_folder, "bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string WriteAllureConfiguration()
    {
        var results = Path.Combine(_folder, "allure-results").Replace('\\', '/');
        return Write("allure.json", $$"""{ "allure": { "directory": "{{results}}" } }""");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
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
