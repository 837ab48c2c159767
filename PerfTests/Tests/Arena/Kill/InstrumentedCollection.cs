using PerfTests.Tests.Arena.Kill.Injection;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>The tests that share one build.</summary>
[CollectionDefinition(nameof(InstrumentedCollection))]
public sealed class InstrumentedCollection : ICollectionFixture<InstrumentedLibraries>;
