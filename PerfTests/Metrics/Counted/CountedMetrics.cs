namespace PerfTests.Metrics.Counted;

/// <summary>Counted metrics of the catalogue. They are found by their base class.</summary>
public static class CountedMetrics
{
    /// <summary>All counted metrics, by name.</summary>
    public static IReadOnlyList<CountedMetric> All { get; } =
    [
        .. typeof(CountedMetric).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(CountedMetric)) && type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => (CountedMetric)Activator.CreateInstance(type)!)
            .OrderBy(metric => metric.Id, StringComparer.Ordinal),
    ];
}
