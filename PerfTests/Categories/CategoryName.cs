namespace PerfTests.Categories;

/// <summary>Categories by which a filter selects the tests of a run, such as <c>dotnet test --filter Category=Perf</c>.</summary>
public static class CategoryName
{
    /// <summary>Performance rows, which are measured and judged.</summary>
    public const string Perf = "Perf";

    /// <summary>Comparison of the arena with other allocators.</summary>
    public const string AllocatorComparison = "Peers";
}
