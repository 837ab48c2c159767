using PerfTests.Machine;
using Xunit.Sdk;
using Xunit.v3;

namespace PerfTests.Running;

/// <summary>Skips tests that need Linux on other systems, before any of their code runs.</summary>
internal static class LinuxTests
{
    /// <summary>Name of the trait of a test or class that needs Linux although its category does not.</summary>
    public const string Need = "Needs";

    /// <summary>Value of that trait.</summary>
    public const string Linux = "Linux";

    /// <summary>
    /// Categories whose tests only compute and write files. All other categories need Linux, so that tests of a new category
    /// are skipped on other systems instead of failing.
    /// </summary>
    private static readonly HashSet<string> s_portable = new(StringComparer.Ordinal)
    {
        "Baselines", "Catalogue", "Formats", "AllocatorComparison", "Running",
        "SelfTest", "Settings", "Statistics", "Trace", "Verdict",
    };

    /// <summary>Returns the test cases; on other systems those that need Linux have a skip reason.</summary>
    public static IReadOnlyCollection<ITestCase> ForThisSystem(IReadOnlyCollection<ITestCase> tests) =>
        HostSystem.IsLinux ? tests : [.. tests.Select(test => IsPortable(test.Traits) ? test : Skipped(test))];

    /// <summary>True if a test with these traits runs on every operating system.</summary>
    public static bool IsPortable(IReadOnlyDictionary<string, IReadOnlyCollection<string>> traits) =>
        traits.TryGetValue("Category", out var categories) && categories.All(s_portable.Contains)
        && !(traits.TryGetValue(Need, out var needs) && needs.Contains(Linux));

    private static ITestCase Skipped(ITestCase test) => test is not XunitTestCase own ? test : new XunitTestCase(
        own.TestMethod,
        own.TestCaseDisplayName,
        own.UniqueID,
        own.Explicit,
        own.TestLabel,
        own.DisableParallelization,
        own.SkipExceptions,
        HostSystem.NeedsLinux,
        traits: own.Traits,
        testMethodArguments: own.TestMethodArguments,
        sourceFilePath: own.SourceFilePath,
        sourceLineNumber: own.SourceLineNumber,
        timeout: own.Timeout);
}
