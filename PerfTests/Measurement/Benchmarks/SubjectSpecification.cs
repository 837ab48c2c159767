using PerfTests.Metrics;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>One side of a measurement, said so that another process can build it too.</summary>
/// <param name="Side">The name of the side.</param>
/// <param name="ScenarioTypeName">The benchmark class's full name.</param>
/// <param name="Method">The benchmark method.</param>
/// <param name="Parameters">The benchmark class's properties to set.</param>
/// <param name="Copies">How many copies of the code to load.</param>
/// <param name="Work">Sides of the same work do the same number of operations a chunk.</param>
/// <param name="LibraryFolder">Where the copies take Shm.Core and Shm.Arena from; null: beside the tests.</param>
/// <param name="FirstCopy">The number of the first copy, so that two sides of one version have copies of their own.</param>
/// <param name="Wrapper">What is done to the benchmark, or null; for the suite's own tests.</param>
internal sealed record SubjectSpecification(
    string Side,
    string ScenarioTypeName,
    string Method,
    IReadOnlyDictionary<string, int> Parameters,
    int Copies,
    string Work,
    string? LibraryFolder = null,
    int FirstCopy = 0,
    BenchmarkWrapper? Wrapper = null)
{
    /// <summary>The side that a row's benchmark is, taken from these libraries.</summary>
    public static SubjectSpecification Of(MetricRow row, string side, string? libraryFolder = null) => new(
        side,
        row.Scenario.Type.FullName!,
        row.Scenario.Method,
        row.Parameters.ToDictionary(parameter => parameter.PropertyName, parameter => parameter.Value),
        row.Copies,
        row.QualifiedKey,
        libraryFolder);
}
