using PerfTests.KillTest.Instrumented;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Collection of test classes that share one build of the instrumented libraries.</summary>
[CollectionDefinition(nameof(SharedBuild))]
public sealed class SharedBuild : ICollectionFixture<InstrumentedLibraries>;
