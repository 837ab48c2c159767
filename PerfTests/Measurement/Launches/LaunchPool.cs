using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Launches;

/// <summary>The fresh processes of a run, started when first needed and shared by all its rows.</summary>
internal sealed class LaunchPool : IDisposable
{
    private readonly List<LaunchProcess> _processes = [];

    /// <summary>Measures a plan in the process of this number, from 0.</summary>
    public SamplingResult Measure(int processNumber, MeasurementPlan plan)
    {
        while (_processes.Count <= processNumber)
        {
            _processes.Add(new LaunchProcess());
        }

        try
        {
            return _processes[processNumber].Measure(plan);
        }
        catch (BenchmarkFailedException)
        {
            // It may have ended; the next row must not suffer for it.
            _processes[processNumber].Dispose();
            _processes[processNumber] = new LaunchProcess();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }

        _processes.Clear();
    }
}
