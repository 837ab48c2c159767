using PerfTests.Metrics;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Description of one side of a measurement, in a form that can be sent to another process.</summary>
/// <param name="Side">Name of the side.</param>
/// <param name="ScenarioTypeName">Full name of the benchmark class.</param>
/// <param name="Method">Name of the benchmark method.</param>
/// <param name="Parameters">Values of the benchmark class's parameters, by the name of the property.</param>
/// <param name="Copies">Number of layout copies to load.</param>
/// <param name="Work">Name of the work that is timed; sides with the same work do the same number of operations per sample.</param>
/// <param name="LibraryFolder">Folder of Shm.Core and Shm.Arena; null for the folder of the test assembly.</param>
/// <param name="FirstCopy">
/// Number of the first layout copy. Two sides of the same version start at different numbers, so that they share no copy.
/// </param>
/// <param name="Wrapper">Class that slows the benchmark down, or null.</param>
/// <param name="Operations">Number of operations in an invocation; null for the benchmark's own number.</param>
internal sealed record SubjectSpecification(
    string Side,
    string ScenarioTypeName,
    string Method,
    IReadOnlyDictionary<string, int> Parameters,
    int Copies,
    string Work,
    string? LibraryFolder = null,
    int FirstCopy = 0,
    BenchmarkWrapper? Wrapper = null,
    int? Operations = null)
{
    /// <summary>Describes a row's benchmark as a side.</summary>
    public static SubjectSpecification Of(MetricRow row, string side, string? libraryFolder = null) => new(
        side,
        row.Scenario.Type.FullName!,
        row.Scenario.Method,
        row.Parameters.ToDictionary(parameter => parameter.PropertyName, parameter => parameter.Value),
        row.Copies,
        row.QualifiedKey,
        libraryFolder);
}
