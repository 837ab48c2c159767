using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace PerfTests.Metrics;

/// <summary>Gives a theory the rows of the metric of the same name, with the traits that filters use.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MetricRowsAttribute([CallerMemberName] string metric = "") : DataAttribute, ITraitAttribute
{
    /// <summary>Name of the theory and of its metric.</summary>
    public string Metric { get; } = metric;

    /// <summary>Gives the theory a trait with the name of its metric, for runners that filter before the rows are known.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Metric", Metric)];

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        var rows = Catalogue.TheoryRows(Metric).Select(ToTheoryRow).ToArray();
        return new(rows);
    }

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;

    private static ITheoryDataRow ToTheoryRow(ITheoryRow row)
    {
        var data = new TheoryDataRow([.. row.Arguments.Select(argument => argument.Value)])
        {
            TestDisplayName = row.TestDisplayName,

            // The display name contains the arguments already.
            Label = string.Empty,
        };
        return data.WithTrait("Allocator", row.Allocator);
    }
}
