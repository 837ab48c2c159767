using BenchmarkDotNet.Engines;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Makes BenchmarkDotNet run a job with <see cref="SamplingEngine"/>, and keeps the engine's result or failure.</summary>
internal sealed class SamplingEngineFactory(MeasurementPlan plan, RowLog log) : IEngineFactory
{
    /// <summary>Log of the row that is measured.</summary>
    public RowLog Log => log;

    /// <summary>Gets or sets the samples; null if the engine failed or was not run.</summary>
    public SamplingResult? Result { get; set; }

    /// <summary>
    /// Gets or sets the exception that ended the engine. The exception is kept here because BenchmarkDotNet only logs it.
    /// </summary>
    public Exception? Failure { get; set; }

    /// <inheritdoc/>
    public IEngine CreateReadyToRun(EngineParameters engineParameters) => new SamplingEngine(engineParameters, plan, this);
}
