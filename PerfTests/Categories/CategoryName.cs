namespace PerfTests.Categories;

/// <summary>Categories that runs are selected by: <c>dotnet test --filter Category=Perf</c>.</summary>
public static class CategoryName
{
    /// <summary>Rows that are measured and judged.</summary>
    public const string Perf = "Perf";

    /// <summary>The arena beside allocators of other projects.</summary>
    public const string Peers = "Peers";
}
