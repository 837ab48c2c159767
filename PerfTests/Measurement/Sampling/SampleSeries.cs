using System.Diagnostics;

namespace PerfTests.Measurement.Sampling;

/// <summary>Takes and keeps the samples of one subject.</summary>
internal sealed class SampleSeries(Subject subject, SamplingOptions options)
{
    private readonly List<double> _wall = new(options.SamplesPerCopy);
    private readonly List<double> _cpu = new(options.SamplesPerCopy);
    private readonly List<LatencyPercentiles> _percentiles = [];
    private double _invocationNanoseconds = double.PositiveInfinity;
    private long _invocations = 1;
    private double _managedBytesPerOperation;

    public Subject Subject => subject;

    /// <summary>Number of invocations that fill a sample of the wanted duration.</summary>
    public long ProposedInvocations => subject.IsSingleInvocation
        ? 1
        : Math.Max(1, (long)(options.SampleDuration.TotalNanoseconds / _invocationNanoseconds));

    /// <summary>Duration of a sample in nanoseconds, estimated during the warm-up.</summary>
    public double SampleNanoseconds => _invocationNanoseconds * _invocations;

    private long OperationsPerSample => _invocations * subject.OperationsPerInvoke;

    /// <summary>
    /// Runs the subject until its code is compiled and its data is in place, and measures the duration of an invocation.
    /// </summary>
    public void WarmUp(int samples)
    {
        for (var sample = 0; sample < samples; sample++)
        {
            var (wall, _) = TimeSample();
            _invocationNanoseconds = Math.Min(_invocationNanoseconds, wall / _invocations);
            _invocations = ProposedInvocations;

            // A sample that takes a large part of the budget warms up enough by itself. But the first sample may take much longer than the
            // following ones, because it accesses its memory for the first time.
            var limit = sample == 0 ? options.LongSample : options.Budget / SamplingOptions.MinimumSamples;
            if (wall > limit.TotalNanoseconds)
            {
                break;
            }
        }
    }

    /// <summary>Sets the number of invocations in a sample.</summary>
    public void Prepare(long invocations) => _invocations = invocations;

    /// <summary>Takes one sample.</summary>
    public void Take()
    {
        var (wall, cpu) = TimeSample();
        if (subject.Percentiles is null)
        {
            _wall.Add(wall / OperationsPerSample);
            _cpu.Add(cpu / OperationsPerSample);
            return;
        }

        var percentiles = LatencyPercentiles.Of(subject.Percentiles());
        _percentiles.Add(percentiles);
        _wall.Add(percentiles.P99Nanoseconds);
        _cpu.Add(percentiles.P99Nanoseconds);
    }

    /// <summary>
    /// Runs one more invocation, and counts the bytes that it allocates on the managed heap. One count suffices, because it has
    /// no noise.
    /// </summary>
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
        new(subject.Side, subject.Copy, OperationsPerSample, _wall, _cpu, _managedBytesPerOperation, _percentiles);

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
