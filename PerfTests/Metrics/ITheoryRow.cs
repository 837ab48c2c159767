using System.Globalization;
using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>Row of a theory.</summary>
public interface ITheoryRow
{
    /// <summary>Name of the metric, which is also the theory's.</summary>
    string MetricId { get; }

    /// <summary>Key in results files.</summary>
    string Key { get; }

    /// <summary>Name in messages.</summary>
    string Label { get; }

    /// <summary>Allocator, for filters.</summary>
    string Allocator { get; }

    /// <summary>Arguments of the theory, by name and in order.</summary>
    IReadOnlyList<KeyValuePair<string, object>> Arguments { get; }

    /// <summary>Resources that one process takes to measure the row.</summary>
    RowNeeds Needs { get; }

    /// <summary>Name of the test in a test explorer: <c>allocation_total_time(allocator: arena)</c>.</summary>
    string TestDisplayName =>
        $"{MetricId}({string.Join(", ", Arguments.Select(Text))})";

    private static string Text(KeyValuePair<string, object> argument) =>
        string.Create(CultureInfo.InvariantCulture, $"{argument.Key}: {argument.Value}");
}
