using PerfTests.Running;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(MeasuredLast))]

namespace PerfTests.Running;

/// <summary>Collection of everything that measures: one row at a time, and nothing beside it, whatever a runner is told.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredRows : ICollectionFixture<QuietStart>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Measured rows";
}

/// <summary>Puts what measures after all other tests, which stay in xUnit's random order.</summary>
public sealed class MeasuredLast : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections)
            .OrderBy(collection => collection.TestCollectionDisplayName == MeasuredRows.Name)];
}
