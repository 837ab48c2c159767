namespace PerfTests.Metrics;

/// <summary>Name of a benchmark method, by which another process or layout copy finds its own.</summary>
/// <param name="Type">Benchmark class.</param>
/// <param name="Method">Benchmark method; it returns a <see cref="long"/> so that nothing is optimised away.</param>
public sealed record ScenarioReference(Type Type, string Method);
