using Xunit.Sdk;

namespace PerfTests.Peers;

/// <summary>
/// Peers run where they alone are asked for, as by <c>--filter Category=Peers</c>. A filter that says what not to
/// run, or none, would otherwise bring them in among the suite's own tests.
/// </summary>
internal static class PeerSelection
{
    /// <summary>The value of the trait that says so.</summary>
    public const string Category = "Peers";

    /// <summary>The tests to run, of those that were asked for.</summary>
    public static IReadOnlyCollection<TTestCase> Of<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : ITestCaseMetadata =>
        testCases.All(IsPeer) ? testCases : [.. testCases.Where(test => !IsPeer(test))];

    private static bool IsPeer<TTestCase>(TTestCase test)
        where TTestCase : ITestCaseMetadata =>
        test.Traits.TryGetValue("Category", out var categories) && categories.Contains(Category);
}
