namespace PerfTests.Running;

/// <summary>
/// Leaves the allocator comparison out of every run that also selects other tests. To run the comparison, select it alone:
/// <c>--filter Category=Peers</c>. Otherwise a run without a filter, or with a filter that only excludes tests, would include
/// the comparison.
/// </summary>
internal static class AllocatorComparisonSelection
{
    /// <summary>Returns the tests to run.</summary>
    /// <param name="tests">Tests that the filter selects.</param>
    /// <param name="traits">Returns the traits of a test.</param>
    public static IReadOnlyCollection<TTest> Of<TTest>(
        IReadOnlyCollection<TTest> tests, Func<TTest, IReadOnlyDictionary<string, IReadOnlyCollection<string>>> traits)
    {
        return tests.All(IsComparison) ? tests : [.. tests.Where(test => !IsComparison(test))];

        bool IsComparison(TTest test) =>
            traits(test).TryGetValue("Category", out var categories) && categories.Contains(CategoryName.AllocatorComparison);
    }
}
