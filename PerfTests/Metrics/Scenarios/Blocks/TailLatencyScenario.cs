using BenchmarkDotNet.Attributes;
using HdrHistogram;
using PerfTests.Machine;
using PerfTests.Statistics;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Times each operation of a mixed workload on one thread or on two. The value of a sample is the 99th percentile of the durations.
/// </summary>
public class TailLatencyScenario : HeapScenario
{
    private static readonly double[] s_percentiles = [50, 99, 99.9, 100];

    private readonly List<MixedWorkload> _workloads = [];
    private LongHistogram? _timed;
    private ShmHeap? _otherHeap;
    private SecondThread? _thread;

    /// <summary>Number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>
    /// 50th, 99th and 99.9th percentile and maximum of the operations that the latest sample timed, in nanoseconds.
    /// </summary>
    public IReadOnlyList<double> SamplePercentiles
    {
        get
        {
            var groups = _timed!.RecordedValues().Select(one => ((double)one.ValueIteratedTo, one.CountAtValueIteratedTo)).ToArray();
            return [.. s_percentiles.Select(percentile => GroupedPercentile.Of(groups, percentile) * (1 + (AddedPercent / 100)))];
        }
    }

    /// <summary>Percentage by which the self-test lengthens each duration.</summary>
    public double AddedPercent { get; set; }

    /// <summary>Returns the resources of one layout copy.</summary>
    internal static RowNeeds NeedsOf(int threads) => Needs with { Cores = threads };

    /// <summary>Frees the blocks of the latest sample, and wakes the second thread.</summary>
    [IterationSetup]
    public void Before()
    {
        _workloads.ForEach(workload => workload.Reset());
        _thread?.Wake();
    }

    /// <summary>Runs the workload; the durations of its allocations give the value.</summary>
    [Benchmark(OperationsPerInvoke = MixedWorkload.OperationCount)]
    public long Allocate() => Run(workload => workload.Allocations);

    /// <summary>Runs the workload; the durations of its frees give the value.</summary>
    [Benchmark(OperationsPerInvoke = MixedWorkload.OperationCount)]
    public long Free() => Run(workload => workload.Frees);

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _workloads.Add(new MixedWorkload(Heap, seed: 1));
        if (Threads > 1)
        {
            _otherHeap = Arena.OpenHeap();
            var other = new MixedWorkload(_otherHeap, seed: 2);
            _workloads.Add(other);
            _thread = new SecondThread(() => other.Run());
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _thread?.Dispose();
        _otherHeap?.Dispose();
    }

    private long Run(Func<MixedWorkload, LongHistogram> timed)
    {
        _thread?.Start();
        var sum = _workloads[0].Run();
        _thread?.Finish();
        _timed = timed(_workloads[0]);
        foreach (var other in _workloads.Skip(1))
        {
            _timed.Add(timed(other));
        }

        return sum;
    }
}
