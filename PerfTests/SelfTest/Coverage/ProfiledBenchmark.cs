using System.Diagnostics;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Benchmark of a row that is set up in this process with the libraries in a folder.</summary>
internal sealed class ProfiledBenchmark : IDisposable
{
    private const int TimedInvocations = 7;

    private readonly ScenarioInstance _instance;
    private readonly Subject _subject;

    /// <summary>Sets the benchmark up and runs it once.</summary>
    public ProfiledBenchmark(MetricRow row, string libraryFolder)
    {
        Copy = LayoutCopy.Get(libraryFolder, 0);
        var specification = SubjectSpecification.Of(row, MeasurementPlan.CandidateSide);
        _instance = ScenarioInstance.Create(specification, Copy);
        try
        {
            _instance.Setup();
            _subject = _instance.ToSubject(specification.Side, 0, specification.Work);
            Invoke(invoke => invoke());
        }
        catch
        {
            _instance.Cleanup();
            throw;
        }
    }

    /// <summary>Copy of the libraries that the benchmark calls.</summary>
    public LayoutCopy Copy { get; }

    /// <summary>Number of operations in an invocation.</summary>
    public double OperationsPerInvoke => _subject.OperationsPerInvoke;

    /// <summary>Runs the untimed work before a sample, passes the benchmark on, and runs the untimed work after the sample.</summary>
    public void Invoke(Action<Action> use)
    {
        _subject.BeforeSample?.Invoke();
        use(() => _subject.Invoke(1));
        _subject.AfterSample?.Invoke();
    }

    /// <summary>Returns the shortest time per operation of several invocations, in nanoseconds.</summary>
    public double Time()
    {
        var shortest = double.MaxValue;
        for (var i = 0; i < TimedInvocations; i++)
        {
            Invoke(invoke =>
            {
                var start = Stopwatch.GetTimestamp();
                invoke();
                shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalNanoseconds / OperationsPerInvoke);
            });
        }

        return shortest;
    }

    /// <summary>Cleans the benchmark up.</summary>
    public void Dispose() => _instance.Cleanup();
}
