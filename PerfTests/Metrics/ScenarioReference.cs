namespace PerfTests.Metrics;

/// <summary>A benchmark method, named so that another process or another copy of the code can find its own.</summary>
/// <param name="Type">The benchmark class.</param>
/// <param name="Method">The benchmark method; it returns a <see cref="long"/> so that nothing is optimised away.</param>
public sealed record ScenarioReference(Type Type, string Method);
