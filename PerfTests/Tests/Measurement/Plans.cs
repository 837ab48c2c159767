using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Tests.Measurement;

/// <summary>Creates plans with short samples for the scenarios of these tests.</summary>
internal static class Plans
{
    public static MeasurementPlan Of<TScenario>(
        string method, string? parameter = null, int value = 0, int copies = 1, BenchmarkWrapper? wrapper = null) => new(
        [
            new SubjectSpecification(
                MeasurementPlan.CandidateSide,
                typeof(TScenario).FullName!,
                method,
                parameter is null ? new Dictionary<string, int>() : new Dictionary<string, int> { [parameter] = value },
                copies,
                method,
                Wrapper: wrapper),
        ],
        new SamplingOptions
        {
            SamplesPerCopy = SamplingOptions.MinimumSamples,
            SampleDuration = TimeSpan.FromMilliseconds(0.01),
            Budget = TimeSpan.FromMilliseconds(20),
        });
}
