using PerfTests.Machine;
using Xunit.Sdk;
using Xunit.v3;

namespace PerfTests.Running;

/// <summary>On systems other than Linux, skips every test that needs Linux. No code of a skipped test runs.</summary>
internal static class LinuxTests
{
    /// <summary>Name of the trait that marks a test or class as needing Linux although its category does not need Linux.</summary>
    public const string Need = "Needs";

    /// <summary>Value of the trait <see cref="Need"/>.</summary>
    public const string Linux = "Linux";

    /// <summary>
    /// Categories whose tests only compute and write files. Every other category counts as needing Linux, so that the tests of
    /// a new category are skipped on other systems instead of failing.
    /// </summary>
    private static readonly HashSet<string> s_portable = new(StringComparer.Ordinal)
    {
        "Baselines", "Catalogue", "Formats", "AllocatorComparison", "Running",
        "SelfTest", "Settings", "Statistics", "Trace", "Verdict",
    };

    /// <summary>
    /// Returns the test cases. On systems other than Linux, each test case that needs Linux gets a reason to be skipped.
    /// </summary>
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
