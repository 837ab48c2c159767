using System.Globalization;
using PerfTests.Machine;

namespace PerfTests.Metrics;

/// <summary>A row of a theory: what xUnit and the filters need to know of it.</summary>
public interface ITheoryRow
{
    /// <summary>The metric, which is also the theory's name.</summary>
    string MetricId { get; }

    /// <summary>The key in result files.</summary>
    string Key { get; }

    /// <summary>For messages.</summary>
    string Label { get; }

    /// <summary>The allocator that a filter finds it by.</summary>
    string Allocator { get; }

    /// <summary>The theory's arguments, by name and in order.</summary>
    IReadOnlyList<KeyValuePair<string, object>> Arguments { get; }

    /// <summary>Resources that measuring the row takes in one process.</summary>
    RowNeeds Needs { get; }

    /// <summary>The test's name in a Test Explorer: <c>allocation_total_time(allocator: arena)</c>.</summary>
    string TestDisplayName =>
        $"{MetricId}({string.Join(", ", Arguments.Select(argument => string.Create(CultureInfo.InvariantCulture, $"{argument.Key}: {argument.Value}")))})";
}
