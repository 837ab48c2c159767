using PerfTests.Metrics;
using Xunit.Sdk;

namespace PerfTests.Running;

/// <summary>Finds the rows of the catalogue that a test case runs.</summary>
internal static class RequestedRows
{
    /// <summary>True if a test case runs rows of the catalogue.</summary>
    public static bool IsPerformance(ITestCase test) =>
        test.Traits.TryGetValue("Category", out var categories) && categories.Contains(CategoryName.Perf);

    /// <summary>Returns the rows of a test case; none if it is no performance row or is skipped.</summary>
    public static IReadOnlyList<ITheoryRow> Of(ITestCase test) =>
        IsPerformance(test) && test.SkipReason is null ? Of(test.TestMethodName, test.TestCaseDisplayName) : [];

    /// <summary>
    /// Returns the row that a test case is named after. If the runner does not enumerate theories before the run, one test
    /// case has the name of the method and runs all rows of the theory.
    /// </summary>
    public static IReadOnlyList<ITheoryRow> Of(string? theory, string displayName)
    {
        ITheoryRow[] rows = theory is not null && Catalogue.Theories.Contains(theory) ? [.. Catalogue.TheoryRows(theory)] : [];
        return Array.Find(rows, row => row.TestDisplayName == displayName) is { } named ? [named]
            : displayName.Contains('(', StringComparison.Ordinal) ? [] : rows;
    }

    /// <summary>Returns the row that a test of a test case measures, or null if it measures none.</summary>
    public static ITheoryRow? Find(ITestCase test, string testDisplayName) =>
        Of(test).FirstOrDefault(row => row.TestDisplayName == testDisplayName);
}
