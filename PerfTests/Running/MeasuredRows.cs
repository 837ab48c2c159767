using Xunit;

namespace PerfTests.Running;

/// <summary>Collection of everything that measures: one row at a time, and nothing beside it, whatever a runner is told.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredRows : ICollectionFixture<QuietStart>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Measured rows";
}
