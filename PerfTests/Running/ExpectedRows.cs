using Xunit.Sdk;

namespace PerfTests.Running;

/// <summary>
/// The rows that the run was asked for, and those that came to an end, whichever. A row that was asked for and
/// never ran would otherwise look like a row that passed.
/// </summary>
internal static class ExpectedRows
{
    private static readonly HashSet<string> s_missing = new(StringComparer.Ordinal);

    /// <summary>True if every row of the catalogue was asked for.</summary>
    public static bool IsWholeCatalogue { get; private set; }

    /// <summary>Number of rows that were asked for.</summary>
    public static int Count { get; private set; }

    /// <summary>Rows that were asked for and have not ended.</summary>
    public static IReadOnlyCollection<string> Missing => s_missing;

    /// <summary>True if a test is a row of the catalogue.</summary>
    public static bool IsPerformance(ITestCase test) => test.Traits.TryGetValue("Category", out var categories) && categories.Contains(CategoryName.Perf);

    /// <summary>Notes what was asked for, by display name: see <see cref="RequestedRows"/>.</summary>
    public static void Expect(IEnumerable<string> displayNames)
    {
        s_missing.UnionWith(displayNames);
        Count = s_missing.Count;
        IsWholeCatalogue = Metrics.Catalogue.TheoryRows().All(row => s_missing.Contains(row.TestDisplayName));
    }

    /// <summary>Notes that a row came to an end.</summary>
    public static void Ended(string displayName) => s_missing.Remove(displayName);
}
