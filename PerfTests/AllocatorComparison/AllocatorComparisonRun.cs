using PerfTests.AllocatorComparison;
using PerfTests.AllocatorComparison.Growth;
using PerfTests.AllocatorComparison.Memory;
using PerfTests.AllocatorComparison.Scaling;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Measurement.Sampling;
using PerfTests.Reporting;
using PerfTests.Running;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(AllocatorComparisonRun))]

namespace PerfTests.AllocatorComparison;

/// <summary>
/// One run of the allocator comparison, from its first row to the end of the test assembly. Each row is measured in three fresh
/// processes. A row fails only if it cannot be measured, never because of its times.
/// </summary>
public sealed class AllocatorComparisonRun(IMessageSink messages) : IDisposable
{
    private const int Processes = 3;

    /// <summary>
    /// Free shared memory that a run requires: twice as much as a run was measured to use. The arena and Boost.Interprocess
    /// reserve 4 GiB each, but only the pages that are written to take memory: the arena's metadata and Boost's block headers.
    /// </summary>
    private const long SharedMemoryBytes = 48L << 20;

    private static readonly TimeSpan s_lockWatch = TimeSpan.FromSeconds(2);

    private readonly List<AllocatorComparisonRow> _rows = [];
    private readonly List<GrowthRow> _growth = [];
    private readonly List<TwoProcessesRow> _twoProcesses = [];
    private readonly List<SupplyLockRow> _supplyLock = [];
    private readonly LaunchPool _pool = new();
    private RunLock? _lock;
    private NativeBuild? _build;
    private IReadOnlyList<Disturbance> _disturbances = [];

    /// <summary>Measures one workload and attaches its table to the running test.</summary>
    /// <exception cref="RunRefusedException">A setting is wrong, or a condition of this process makes every value useless.</exception>
    /// <exception cref="BenchmarkFailedException">An allocator failed while it was measured.</exception>
    internal void Measure(Workload workload, int blockBytes, int liveBlocks = 0)
    {
        Begin(NeedsOf(workload, blockBytes, liveBlocks));
        Say($"measuring \"{AllocatorComparisonTable.Title(workload)}\" with blocks of {workload.SizeText(blockBytes)}");
        var plan = new AllocatorComparisonPlan(workload, blockBytes, liveBlocks);
        PeakMemory[] memory = workload.KeepsBlocks()
            ? [.. plan.Allocators.Select(allocator => PeakMemoryProcess.Measure(allocator, workload, blockBytes, liveBlocks))]
            : [];
        var row = plan.ToRow(Launch(plan.Plan, isAlone: liveBlocks > 0), memory);
        _rows.Add(row);
        Show(AllocatorComparisonTable.Rows([row]) + (memory.Length == 0 ? string.Empty : $"\n{MemoryTable.Rows([row])}"));
        if (liveBlocks > 0)
        {
            ShowGrowth();
        }
    }

    /// <summary>Measures one operation of the arena at one size.</summary>
    internal void Grow(GrowthSeries series, int size)
    {
        Begin(series.Needs(size));
        Say($"measuring \"{series.Name}\" with {size:N0} {series.Axis}");
        _growth.Add(series.ToRow(size, Launch(series.Plan(size), isAlone: true, series.Processes)));
        Show(GrowthTable.Rows([_growth[^1]]));
        ShowGrowth();
    }

    /// <summary>Measures two processes beside one process of two threads.</summary>
    internal void MeasureTwoProcesses(int blockBytes)
    {
        Begin(new RowNeeds { Cores = 2 });
        Say($"measuring two processes beside two threads, with blocks of {blockBytes:N0} bytes");
        var plan = new TwoProcessesPlan(blockBytes);
        _twoProcesses.Add(plan.ToRow(Launch(plan.Plan, isAlone: true)));
        Show(ScalingTables.TwoProcesses([_twoProcesses[^1]]));
    }

    /// <summary>Measures how long threads hold the supply lock.</summary>
    internal void MeasureSupplyLock(int threads)
    {
        Begin(new RowNeeds { Cores = 2 });
        Say($"watching the supply lock with {CountText.Of(threads, "thread")}");
        _supplyLock.Add(SupplyLockProcess.Measure(threads, s_lockWatch));
        Show(ScalingTables.SupplyLock([_supplyLock[^1]]));
    }

    /// <summary>Writes and shows the tables of all measured rows.</summary>
    public void Dispose()
    {
        try
        {
            _pool.Dispose();
            if (_rows.Count + _growth.Count + _twoProcesses.Count + _supplyLock.Count > 0)
            {
                Finish();
            }
        }
        finally
        {
            _build?.Dispose();
            _lock?.Dispose();
        }
    }

    private static void RequireResources(RowNeeds needs)
    {
        if (Shortage.Describe(needs, MachineResources.Read()) is { } lack)
        {
            Assert.Skip(lack);
        }
    }

    private static RowNeeds NeedsOf(Workload workload, int blockBytes, int liveBlocks)
    {
        var threads = workload.IsTwoThreaded() ? 2 : 1;

        // All pages of the blocks are written to when their memory is measured. An allocator may use twice what the
        // threads request.
        var peakBytes = workload.KeepsBlocks()
            ? 2 * threads * ReplacementScript.Of(workload, blockBytes, liveBlocks)!.PeakBytes()
            : 0;
        return new RowNeeds
        {
            Cores = threads,

            // This is also enough memory for the measurement of times, in which mimalloc keeps all live blocks twice, for the native
            // loop and for P/Invoke. It runs at another time and takes no shared memory.
            SharedMemoryBytes = peakBytes,
        };
    }

    /// <summary>Measures a plan in fresh processes.</summary>
    /// <param name="plan">Plan to measure.</param>
    /// <param name="isAlone">True for processes that measure nothing else, because the plan takes much memory or few samples.</param>
    /// <param name="processes">Number of processes.</param>
    private SamplingResult[] Launch(MeasurementPlan plan, bool isAlone, int processes = Processes)
    {
        var log = new RowLog();
        using var own = new LaunchPool();
        var pool = isAlone ? own : _pool;
        return [.. Enumerable.Range(0, processes).Select(process => pool.Measure(process, plan, log))];
    }

    private void Show(string table)
    {
        Say(table);
        TestContext.Current.AddAttachment("The arena and other allocators", table);
    }

    /// <summary>Attaches the picture of what has been measured so far to the running test.</summary>
    private void ShowGrowth()
    {
        if (GrowthChart.Render(_rows, _growth) is { } picture)
        {
            TestContext.Current.AddAttachment("Time by live blocks", picture);
        }
    }

    private void Begin(RowNeeds needs)
    {
        RequireResources(needs);
        if (_build is not null)
        {
            return;
        }

        RunGate.OfProcess.Enter();

        // The free shared memory is checked before the first row only, because later rows reuse the pages that earlier rows
        // have touched.
        RequireResources(new RowNeeds { SharedMemoryBytes = SharedMemoryBytes });
        _lock ??= RunLock.Acquire(Say);
        _disturbances = Disturbances.Find();
        _build = new NativeBuild();
    }

    private void Finish()
    {
        var report = new AllocatorComparisonReport
        {
            Timestamp = DateTimeOffset.UtcNow,
            Metadata = RunDocument.Metadata(GitRevision.Read(), MachineClass.Current, runId: null),
            Processes = Processes,
            Disturbances = [.. _disturbances.Select(disturbance => disturbance.Message)],
            Missing =
            [
                .. _build!.Failures,
                .. NativeAllocator.All.Where(allocator => !allocator.IsBuilt && allocator.FindLibrary() is null)
                    .Select(allocator => $"{allocator.Name}: not installed; apt-get install {allocator.Package}"),
            ],
            Versions = NativeVersions.Read(),
            Rows = [.. _rows.OrderBy(row => row.Workload).ThenBy(row => row.BlockBytes).ThenBy(row => row.LiveBlocks)],
            Growth = [.. _growth.OrderBy(row => row.Operation, StringComparer.Ordinal).ThenBy(row => row.Size)],
            TwoProcesses = [.. _twoProcesses.OrderBy(row => row.BlockBytes)],
            SupplyLock = [.. _supplyLock.OrderBy(row => row.Threads)],
        };
        var folder = Path.GetDirectoryName(RunContext.ResultsPath)!;
        var text = AllocatorComparisonTable.Render(report);
        var picture = GrowthChart.Render(_rows, _growth);
        string[] written =
        [
            .. picture is null ? Array.Empty<string>() : [AtomicFile.Write(Path.Combine(folder, GrowthChart.FileName), picture)],
            AtomicFile.Write(Path.Combine(folder, "peers.md"), text),
            AtomicFile.Write(Path.Combine(folder, "peers.json"), ReportJson.Write(report)),
        ];
        Say($"{text}\n{string.Join('\n', written.Select(path => $"  written: {ProjectRoot.Relative(path)}"))}");
    }

    private void Say(string text) => messages.OnMessage(new DiagnosticMessage(text));
}
