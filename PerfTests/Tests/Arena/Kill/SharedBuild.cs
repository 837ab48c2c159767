using PerfTests.Tests.Arena.Kill.Injection;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>The tests that share one build.</summary>
[CollectionDefinition(nameof(SharedBuild))]
public sealed class SharedBuild : ICollectionFixture<InstrumentedLibraries>;
