namespace PerfTests.Measurement.Benchmarks;

/// <summary>The libraries of one side do not have what a benchmark calls: for that side the metric is new.</summary>
/// <param name="side">The side.</param>
/// <param name="innerException">What is missing.</param>
internal sealed class MissingApiException(string side, Exception innerException)
    : Exception($"The libraries of the side \"{side}\" do not have what the benchmark calls: {innerException.Message}", innerException)
{
    public string Side => side;
}
