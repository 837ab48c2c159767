namespace PerfTests.Running;

/// <summary>
/// Peers run where they alone are asked for, as by <c>--filter Category=Peers</c>. A filter that says what not to
/// run, or none, would otherwise bring them in among the suite's own tests.
/// </summary>
internal static class AllocatorComparisonSelection
{
    /// <summary>The tests to run, of those that were asked for.</summary>
    /// <param name="tests">What was asked for.</param>
    /// <param name="traits">A test's traits.</param>
    public static IReadOnlyCollection<TTest> Of<TTest>(
        IReadOnlyCollection<TTest> tests, Func<TTest, IReadOnlyDictionary<string, IReadOnlyCollection<string>>> traits)
    {
        return tests.All(IsPeer) ? tests : [.. tests.Where(test => !IsPeer(test))];

        bool IsPeer(TTest test) => traits(test).TryGetValue("Category", out var categories) && categories.Contains(CategoryName.Peers);
    }
}
