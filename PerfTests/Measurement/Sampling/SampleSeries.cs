using System.Diagnostics;

namespace PerfTests.Measurement.Sampling;

/// <summary>The chunks of one subject.</summary>
internal sealed class SampleSeries(Subject subject, SamplingOptions options)
{
    private readonly List<double> _wall = new(options.SamplesPerCopy);
    private readonly List<double> _cpu = new(options.SamplesPerCopy);
    private double _invocationNanoseconds = double.PositiveInfinity;
    private long _invocations = 1;
    private double _managedBytesPerOperation;

    public Subject Subject => subject;

    /// <summary>How many invocations make a chunk of the wanted length.</summary>
    public long ProposedInvocations => subject.IsSingleInvocation
        ? 1
        : Math.Max(1, (long)(options.SampleDuration.TotalNanoseconds / _invocationNanoseconds));

    /// <summary>How long a chunk takes, as seen while warming up.</summary>
    public double SampleNanoseconds => _invocationNanoseconds * _invocations;

    private long OperationsPerSample => _invocations * subject.OperationsPerInvoke;

    /// <summary>
    /// Runs the subject until it is compiled and its data is where it will be, and sees how long an invocation takes.
    /// </summary>
    public void WarmUp(int chunks)
    {
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var (wall, _) = TimeSample();
            _invocationNanoseconds = Math.Min(_invocationNanoseconds, wall / _invocations);
            _invocations = ProposedInvocations;
            if (wall > options.Budget.TotalNanoseconds / SamplingOptions.MinimumSamples)
            {
                // One such chunk is warm-up enough.
                break;
            }
        }
    }

    /// <summary>Fixes the number of invocations in a chunk.</summary>
    public void Prepare(long invocations) => _invocations = invocations;

    /// <summary>Takes one timed chunk.</summary>
    public void Take()
    {
        var (wall, cpu) = TimeSample();
        _wall.Add(wall / OperationsPerSample);
        _cpu.Add(cpu / OperationsPerSample);
    }

    /// <summary>Counts what one more chunk allocates on the managed heap; a count has no noise, so once is enough.</summary>
    public void CountManagedBytes()
    {
        subject.BeforeSample?.Invoke();
        var before = GC.GetAllocatedBytesForCurrentThread();
        subject.Invoke(1);
        var after = GC.GetAllocatedBytesForCurrentThread();
        subject.AfterSample?.Invoke();
        _managedBytesPerOperation = (double)(after - before) / subject.OperationsPerInvoke;
    }

    public SubjectSamples ToSamples() =>
        new(subject.Side, subject.Copy, OperationsPerSample, _wall, _cpu, _managedBytesPerOperation);

    private (double Wall, double Cpu) TimeSample()
    {
        subject.BeforeSample?.Invoke();
        var cpuStart = Clocks.ThreadCpuNanoseconds();
        var start = Stopwatch.GetTimestamp();
        subject.Invoke(_invocations);
        var stop = Stopwatch.GetTimestamp();
        var cpuStop = Clocks.ThreadCpuNanoseconds();
        subject.AfterSample?.Invoke();
        return (Clocks.WallNanoseconds(start, stop), cpuStop - cpuStart);
    }
}
