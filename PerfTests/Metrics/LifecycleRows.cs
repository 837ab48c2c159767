using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Makes metrics of one row each, in nanoseconds per operation.</summary>
internal static class LifecycleRows
{
    /// <summary>Number of layout copies of rows whose samples take long to prepare.</summary>
    public const int FewCopies = 2;

    /// <summary>Makes a metric of an operation that takes no system call, or few.</summary>
    /// <param name="id">See <see cref="Metric.Id"/>.</param>
    /// <param name="title">See <see cref="Metric.Title"/>.</param>
    /// <param name="allocator">See <see cref="MetricRow.Allocator"/>.</param>
    /// <param name="benchmark">Name of the benchmark method.</param>
    /// <param name="needs">See <see cref="MetricRow.NeedsOfCopy"/>.</param>
    /// <param name="group">See <see cref="Metric.Group"/>.</param>
    public static Metric Computing<TScenario>(
        string id, string title, string allocator, string benchmark, RowNeeds needs, MetricGroup group = MetricGroup.Lifecycle) =>
        new Metric(id, title, group, MetricUnit.Nanoseconds, MetricKind.Computing)
            .Row<TScenario>(allocator, benchmark, isUnqualified: true, needs: needs);

    /// <summary>Makes a metric of an operation whose time is mostly that of system calls.</summary>
    /// <param name="id">See <see cref="Metric.Id"/>.</param>
    /// <param name="title">See <see cref="Metric.Title"/>.</param>
    /// <param name="allocator">See <see cref="MetricRow.Allocator"/>.</param>
    /// <param name="benchmark">Name of the benchmark method.</param>
    /// <param name="needs">See <see cref="MetricRow.NeedsOfCopy"/>.</param>
    /// <param name="sampleNeeds">See <see cref="MetricRow.NeedsOfSample"/>.</param>
    /// <param name="group">See <see cref="Metric.Group"/>.</param>
    public static Metric Calls<TScenario>(
        string id,
        string title,
        string allocator,
        string benchmark,
        RowNeeds needs,
        RowNeeds? sampleNeeds = null,
        MetricGroup group = MetricGroup.Lifecycle) =>
        new Metric(id, title, group, MetricUnit.Nanoseconds, MetricKind.SystemCall)
            .Row<TScenario>(allocator, benchmark, copies: FewCopies, isUnqualified: true, needs: needs, sampleNeeds: sampleNeeds);
}
