using PerfTests.Machine;
using PerfTests.ChildProcesses;
using PerfTests.Reporting.Allure;
using PerfTests.Running;

namespace PerfTests.Tests.Running;

/// <summary>One run of some tests of this assembly in a process of its own, which leaves nothing where real runs do.</summary>
internal static class SuiteRun
{
    /// <summary>Runs what a filter selects, with xUnit's own command line.</summary>
    /// <param name="folder">Folder for what the run writes.</param>
    /// <param name="filter">Filter, as <c>dotnet test</c> takes it.</param>
    /// <param name="isEnumerated">False to have each theory as one test case, whose rows are found when it runs.</param>
    /// <param name="variables">Environment variables that the run has beside those of this process.</param>
    public static (int ExitCode, string Output) Of(
        string folder, string filter, bool isEnumerated = true, params (string Name, string Value)[] variables)
    {
        var enumeration = isEnumerated ? "true" : "false";
        var settings = Write(folder, "runner.json", $$"""{ "preEnumerateTheories": {{enumeration}}, "parallelMode": "none" }""");
        var start = TestExecutable.StartInfo(settings, "-noColor", "-filterVSTest", filter);
        start.RedirectStandardOutput = true;
        var allure = Path.Combine(folder, "allure").Replace('\\', '/');
        start.Environment[AllureConfiguration.VariableName] =
            Write(folder, "allure.json", $$"""{ "allure": { "directory": "{{allure}}" } }""");
        start.Environment[Setting.LockFolder.Name] = folder;
        start.Environment[Setting.Output.Name] = Path.Combine(folder, "results.json");
        start.Environment.Remove(HostSystem.AssumedVariable);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var run = System.Diagnostics.Process.Start(start)!;
        var output = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        return (run.ExitCode, output);
    }

    private static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
