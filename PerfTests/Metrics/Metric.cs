using PerfTests.Machine;
using PerfTests.Metrics.Scenarios;

namespace PerfTests.Metrics;

/// <summary>A tracked quantity: one theory, one row per allocator and parameter.</summary>
/// <param name="Id">The stable name, in files, filters and reports; ASCII letters, digits and underscores.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Group">The section of the reports that it belongs to.</param>
/// <param name="Unit">The unit of its values.</param>
/// <param name="Kind">What its rows' time is made of, unless a row says otherwise.</param>
public sealed record Metric(string Id, string Title, MetricGroup Group, MetricUnit Unit, MetricKind Kind)
{
    private readonly List<MetricRow> _rows = [];

    /// <summary>The rows of this metric's theory, in order.</summary>
    public IReadOnlyList<MetricRow> Rows => _rows;

    /// <summary>Adds a row that is measured by a benchmark method.</summary>
    /// <typeparam name="TScenario">The benchmark class.</typeparam>
    /// <param name="allocator">The allocator that the row measures: <c>shm</c> or <c>arena</c>.</param>
    /// <param name="benchmark">The name of the benchmark method.</param>
    /// <param name="parameters">The row's other parameters, each a property of the benchmark class.</param>
    /// <param name="bytesPerOperation">How many bytes an operation copies.</param>
    /// <param name="copies">How many times a process loads the code, each with a layout of its own; one where
    /// several copies would push each other out of the cache or cost too much memory.</param>
    /// <param name="isUnqualified">True for the row that the bare metric name means in result files.</param>
    /// <param name="kind">What this row's time is made of, where that is not what the metric says.</param>
    /// <param name="mostPairedCopies">How many copies at most where three sides are loaded at once.</param>
    /// <param name="readsTrace">True if the figure depends on the trace that <c>PERF_TRACE</c> names.</param>
    /// <param name="needs">Resources that one copy takes as long as it is set up.</param>
    /// <param name="sampleNeeds">Resources that a sample takes and gives back, beyond those.</param>
    public Metric Row<TScenario>(
        string allocator,
        string benchmark,
        IReadOnlyList<RowParameter>? parameters = null,
        long bytesPerOperation = 0,
        int copies = MetricRow.UsualCopies,
        bool isUnqualified = false,
        MetricKind? kind = null,
        int mostPairedCopies = MetricRow.UsualCopies,
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
            MostPairedCopies = mostPairedCopies,
            NeedsOfCopy = needs ?? RowNeeds.None,
            NeedsOfSample = sampleNeeds ?? RowNeeds.None,
        });
        return this;
    }

    /// <summary>Adds a row for each allocator of the table that has a scenario of this kind.</summary>
    /// <param name="scenarioOf">Selects the scenario; null if the allocator has none.</param>
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
                // The bare metric name means the original, as in the files of the framework that this suite replaces.
                _rows.Add(new MetricRow(this, allocator.Name, [], IsUnqualified: allocator.Name == Allocators.Shm)
                {
                    Scenario = new ScenarioReference(scenario.Type, benchmark),
                    BytesPerOperation = bytesPerOperation,
                    Copies = scenario.Copies,
                    Kind = scenario.Kind,
                    ReadsTrace = readsTrace,
                    MostPairedCopies = scenario.MostPairedCopies,
                    NeedsOfCopy = scenario.Needs,
                    NeedsOfSample = scenario.SampleNeeds,
                });
            }
        }

        return this;
    }
}
