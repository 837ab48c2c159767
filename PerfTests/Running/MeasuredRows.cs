using Xunit;

namespace PerfTests.Running;

/// <summary>
/// Test collection of all measured rows. The rows run one at a time, and no other test runs beside them, even in a parallel
/// run.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredRows : ICollectionFixture<QuietStart>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Measured rows";
}
