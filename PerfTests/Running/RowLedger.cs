using System.Collections.Concurrent;
using PerfTests.Metrics;
using PerfTests.Results;
using Xunit;

namespace PerfTests.Running;

/// <summary>
/// Requested rows of a test run by display name, with their results. The ledger finds requested rows that never ran. Without
/// the ledger such a row would look like a row that passed.
/// </summary>
/// <param name="requested">Display names of the requested rows.</param>
internal sealed class RowLedger(IEnumerable<string> requested)
{
    private const string StorageKey = "PerfTests.RowLedger";

    private readonly ConcurrentDictionary<string, MetricResult> _results = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = requested.ToHashSet(StringComparer.Ordinal);

    /// <summary>Identifier of the run, by which files of this run are told from files of earlier runs.</summary>
    public string RunId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Called when this run may measure, because no other run measures any more.</summary>
    public Action? Measuring { get; set; }

    /// <summary>Number of requested rows.</summary>
    public int Count { get; } = requested.Distinct(StringComparer.Ordinal).Count();

    /// <summary>True if every row of the catalogue was requested.</summary>
    public bool IsWholeCatalogue { get; } =
        Catalogue.TheoryRows().Select(row => row.TestDisplayName).ToHashSet(StringComparer.Ordinal).IsSubsetOf(requested);

    /// <summary>Display names of requested rows that have not ended.</summary>
    public IReadOnlyCollection<string> Missing => _missing;

    /// <summary>
    /// Returns the ledger of the current test run; an empty ledger if <see cref="PerfTestFramework"/> did not start the run.
    /// </summary>
    public static RowLedger Current() =>
        TestContext.Current.KeyValueStorage.TryGetValue(StorageKey, out var ledger) && ledger is RowLedger current ? current : new([]);

    /// <summary>Makes <see cref="Current"/> return this ledger in the fixtures and tests of the current test run.</summary>
    public void HandToRun() => TestContext.Current.KeyValueStorage[StorageKey] = this;

    /// <summary>Records that a row ended, with or without a result.</summary>
    public void End(string displayName) => _missing.Remove(displayName);

    /// <summary>Records the result of a row, before the test of the row asserts on the result.</summary>
    public void Record(string displayName, MetricResult result) => _results[displayName] = result;

    /// <summary>Returns the result of a row; null if no result was recorded.</summary>
    public MetricResult? Find(string displayName) => _results.GetValueOrDefault(displayName);
}
