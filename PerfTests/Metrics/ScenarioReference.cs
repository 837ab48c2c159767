namespace PerfTests.Metrics;

/// <summary>Names a benchmark method, so that another process or layout copy can find the same method in its own assembly.</summary>
/// <param name="Type">Benchmark class.</param>
/// <param name="Method">Benchmark method; it returns a <see cref="long"/> so that the compiler cannot remove the measured work.</param>
public sealed record ScenarioReference(Type Type, string Method);
