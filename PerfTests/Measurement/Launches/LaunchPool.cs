using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Launches;

/// <summary>
/// Fresh processes of a run. The first six start when they are needed and run until the run ends. Further processes, which few rows
/// need, end after one measurement, so that they take no memory from other rows.
/// </summary>
internal sealed class LaunchPool : IDisposable
{
    private const int MaxKeptProcesses = 6;

    private readonly List<LaunchProcess> _processes = [];

    /// <summary>Measures a plan in a fresh process.</summary>
    /// <param name="processNumber">Number of the process, from 0.</param>
    /// <param name="plan">Plan to measure.</param>
    /// <param name="log">Log of the row.</param>
    public SamplingResult Measure(int processNumber, MeasurementPlan plan, RowLog log)
    {
        if (processNumber >= MaxKeptProcesses)
        {
            using var process = new LaunchProcess();
            return process.Measure(plan, log);
        }

        while (_processes.Count <= processNumber)
        {
            _processes.Add(new LaunchProcess());
        }

        try
        {
            var result = _processes[processNumber].Measure(plan, log);
            if (result.LeftSegments.Count > 0)
            {
                // When the process has exited, its segments are removed, so they take no memory from other rows.
                Renew(processNumber);
            }

            return result;
        }
        catch (BenchmarkFailedException)
        {
            // The process may have exited. The next row gets a new process.
            Renew(processNumber);
            throw;
        }
    }

    private void Renew(int processNumber)
    {
        _processes[processNumber].Dispose();
        _processes[processNumber] = new LaunchProcess();
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
