using System.Globalization;
using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Row of a theory, which gives one value in a results file.</summary>
public interface ITheoryRow
{
    /// <summary>Name of the metric and of its theory.</summary>
    string MetricId { get; }

    /// <summary>Key in results files.</summary>
    string Key { get; }

    /// <summary>
    /// Returns the key of a value of this row. If the value was measured with another trace than the one that ships with the tests,
    /// the name of that trace is appended, so that values of different traces have different keys.
    /// </summary>
    /// <param name="workload">Name of the trace; null if the row replays none.</param>
    string KeyFor(string? workload) => Key;

    /// <summary>Name in messages.</summary>
    string Label { get; }

    /// <summary>Name of the allocator, for filters.</summary>
    string Allocator { get; }

    /// <summary>Names and values of the theory's arguments, in order.</summary>
    IReadOnlyList<KeyValuePair<string, object>> Arguments { get; }

    /// <summary>Resources that a process needs to measure the row.</summary>
    RowNeeds Needs { get; }

    /// <summary>Name of the test in a test explorer: <c>allocation_total_time(allocator: arena)</c>.</summary>
    string TestDisplayName =>
        $"{MetricId}({string.Join(", ", Arguments.Select(Text))})";

    private static string Text(KeyValuePair<string, object> argument) =>
        string.Create(CultureInfo.InvariantCulture, $"{argument.Key}: {argument.Value}");
}
