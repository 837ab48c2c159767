using PerfTests.Machine;
using PerfTests.Metrics.Scenarios;

namespace PerfTests.Metrics;

/// <summary>Timed metric: one theory, with a row per allocator and parameter.</summary>
/// <param name="Id">Stable name in files, filters and reports; ASCII letters, digits and underscores.</param>
/// <param name="Title">Title in reports.</param>
/// <param name="Group">Section of the reports.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Kind">Kind of work whose time the rows measure, unless a row has a kind of its own.</param>
public sealed record Metric(string Id, string Title, MetricGroup Group, MetricUnit Unit, MetricKind Kind)
{
    private readonly List<MetricRow> _rows = [];

    /// <summary>Rows of the theory, in order.</summary>
    public IReadOnlyList<MetricRow> Rows => _rows;

    /// <summary>Adds a row that a benchmark method measures.</summary>
    /// <typeparam name="TScenario">Benchmark class.</typeparam>
    /// <param name="allocator">Name of the allocator that the row measures.</param>
    /// <param name="benchmark">Name of the benchmark method.</param>
    /// <param name="parameters">Other parameters of the row, each a property of the benchmark class.</param>
    /// <param name="bytesPerOperation">Bytes that an operation copies.</param>
    /// <param name="copies">
    /// Number of layout copies that a process loads. It is one where several copies would push each other out of the cache or take
    /// too much memory.
    /// </param>
    /// <param name="isUnqualified">True for the row that results files name by the metric alone, without parameters.</param>
    /// <param name="kind">Kind of work of this row; null for the kind of the metric.</param>
    /// <param name="maxPairedCopies">
    /// Maximum number of layout copies of each side while candidate, baseline and A/A control are loaded at once.
    /// </param>
    /// <param name="readsTrace">True if the value depends on the trace that <c>PERF_TRACE</c> names.</param>
    /// <param name="needs">Resources that one layout copy holds from its setup to its cleanup.</param>
    /// <param name="sampleNeeds">Further resources, which each sample takes and gives back.</param>
    public Metric Row<TScenario>(
        string allocator,
        string benchmark,
        IReadOnlyList<RowParameter>? parameters = null,
        long bytesPerOperation = 0,
        int copies = MetricRow.DefaultCopies,
        bool isUnqualified = false,
        MetricKind? kind = null,
        int maxPairedCopies = MetricRow.DefaultCopies,
        bool readsTrace = false,
        RowNeeds? needs = null,
        RowNeeds? sampleNeeds = null)
    {
        _rows.Add(new MetricRow(this, allocator, parameters ?? [], isUnqualified)
        {
            Scenario = new ScenarioReference(typeof(TScenario), benchmark),
            BytesPerOperation = bytesPerOperation,
            Copies = copies,
            Kind = kind ?? Kind,
            ReadsTrace = readsTrace,
            MaxPairedCopies = maxPairedCopies,
            NeedsOfCopy = needs ?? RowNeeds.None,
            NeedsOfSample = sampleNeeds ?? RowNeeds.None,
        });
        return this;
    }

    /// <summary>Adds a row for each allocator of the table that has a scenario of this kind.</summary>
    /// <param name="scenarioOf">Returns the scenario of an allocator; null if the allocator has none.</param>
    /// <param name="benchmark">Name of the benchmark method.</param>
    /// <param name="bytesPerOperation">Bytes that an operation copies.</param>
    /// <param name="readsTrace">True if the value depends on the trace that <c>PERF_TRACE</c> names.</param>
    internal Metric RowPerAllocator(
        Func<AllocatorScenarios, AllocatorScenario?> scenarioOf, string benchmark, long bytesPerOperation = 0, bool readsTrace = false)
    {
        foreach (var allocator in Allocators.All)
        {
            if (scenarioOf(allocator.Scenarios) is { } scenario)
            {
                // The name of the metric alone means the row of the original allocator, as in the results files of the scripts
                // that this suite replaces.
                _rows.Add(new MetricRow(this, allocator.Name, [], IsUnqualified: allocator.Name == Allocators.Shm)
                {
                    Scenario = new ScenarioReference(scenario.Type, benchmark),
                    BytesPerOperation = bytesPerOperation,
                    Copies = scenario.Copies,
                    Kind = scenario.Kind,
                    ReadsTrace = readsTrace,
                    MaxPairedCopies = scenario.MaxPairedCopies,
                    NeedsOfCopy = scenario.Needs,
                    NeedsOfSample = scenario.SampleNeeds,
                });
            }
        }

        return this;
    }
}
