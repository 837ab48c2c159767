using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace PerfTests.Metrics;

/// <summary>Gives a theory that is named after a metric the metric's rows, with the traits that filters use.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MetricRowsAttribute : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        var rows = Catalogue.TheoryRows(testMethod.Name).Select(ToTheoryRow).ToArray();
        return new(rows);
    }

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;

    private static ITheoryDataRow ToTheoryRow(ITheoryRow row)
    {
        var data = new TheoryDataRow([.. row.Arguments.Select(argument => argument.Value)])
        {
            TestDisplayName = row.TestDisplayName,

            // The display name says the arguments already.
            Label = string.Empty,
        };
        return data.WithTrait("Metric", row.MetricId).WithTrait("Allocator", row.Allocator);
    }
}
