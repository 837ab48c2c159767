using PerfTests.Metrics;
using Xunit.Sdk;

namespace PerfTests.Running;

/// <summary>Finds the rows of the catalogue that a test case runs.</summary>
internal static class RequestedRows
{
    /// <summary>True if a test case runs rows of the catalogue.</summary>
    public static bool IsPerformance(ITestCase test) =>
        test.Traits.TryGetValue("Category", out var categories) && categories.Contains(CategoryName.Perf);

    /// <summary>
    /// Returns the rows that a test case runs; none if the test case is skipped or runs no rows of the catalogue.
    /// </summary>
    public static IReadOnlyList<ITheoryRow> Of(ITestCase test) =>
        IsPerformance(test) && test.SkipReason is null ? Of(test.TestMethodName, test.TestCaseDisplayName) : [];

    /// <summary>
    /// Returns the row that has the display name of the test case. If the runner does not enumerate theories before the run, the
    /// test case has the name of a theory; then all rows of the theory are returned.
    /// </summary>
    public static IReadOnlyList<ITheoryRow> Of(string? theory, string displayName)
    {
        ITheoryRow[] rows = theory is not null && Catalogue.Theories.Contains(theory) ? [.. Catalogue.TheoryRows(theory)] : [];
        return Array.Find(rows, row => row.TestDisplayName == displayName) is { } named ? [named]
            : displayName.Contains('(', StringComparison.Ordinal) ? [] : rows;
    }

    /// <summary>Returns the row that a single test of a test case measures, or null if the test measures none.</summary>
    public static ITheoryRow? Find(ITestCase test, string testDisplayName) =>
        Of(test).FirstOrDefault(row => row.TestDisplayName == testDisplayName);
}
