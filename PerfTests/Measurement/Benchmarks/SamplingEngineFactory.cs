using BenchmarkDotNet.Engines;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Makes BenchmarkDotNet run a job with <see cref="SamplingEngine"/>, and holds what came out.</summary>
internal sealed class SamplingEngineFactory(MeasurementPlan plan) : IEngineFactory
{
    /// <summary>What was measured; null if the engine did not come so far.</summary>
    public SamplingResult? Result { get; set; }

    /// <summary>What went wrong; BenchmarkDotNet itself would only log it.</summary>
    public Exception? Failure { get; set; }

    /// <inheritdoc/>
    public IEngine CreateReadyToRun(EngineParameters engineParameters) => new SamplingEngine(engineParameters, plan, this);
}
