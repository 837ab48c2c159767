using PerfTests.AllocatorComparison;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Launches;
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

    private readonly List<AllocatorComparisonRow> _rows = [];
    private readonly LaunchPool _pool = new();
    private RunLock? _lock;
    private NativeBuild? _build;
    private IReadOnlyList<Disturbance> _disturbances = [];

    /// <summary>Measures one row and attaches its table to the running test.</summary>
    /// <exception cref="RunRefusedException">A setting is wrong, or a condition of this process makes every value useless.</exception>
    /// <exception cref="Measurement.Benchmarks.BenchmarkFailedException">An allocator failed while it was measured.</exception>
    internal void Measure(Workload workload, int blockBytes)
    {
        RequireResources(new RowNeeds { Cores = workload is Workload.Pairs or Workload.RandomBatches ? 1 : 2 });
        Begin();
        Say($"measuring \"{AllocatorComparisonTable.Title(workload)}\" with blocks of {blockBytes:N0} bytes");
        var plan = new AllocatorComparisonPlan(workload, blockBytes);
        var log = new RowLog();
        var row = plan.ToRow([.. Enumerable.Range(0, Processes).Select(process => _pool.Measure(process, plan.Plan, log))]);
        _rows.Add(row);
        var table = AllocatorComparisonTable.Rows([row]);
        Say(table);
        TestContext.Current.AddAttachment("The arena and other allocators", table);
    }

    /// <summary>Writes and shows the tables of all measured rows.</summary>
    public void Dispose()
    {
        try
        {
            _pool.Dispose();
            if (_rows.Count > 0)
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

    private void Begin()
    {
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
            Rows = [.. _rows.OrderBy(row => row.Workload).ThenBy(row => row.BlockBytes)],
        };
        var folder = Path.GetDirectoryName(RunContext.ResultsPath)!;
        var text = AllocatorComparisonTable.Render(report);
        string[] written =
        [
            AtomicFile.Write(Path.Combine(folder, "peers.md"), text),
            AtomicFile.Write(Path.Combine(folder, "peers.json"), ReportJson.Write(report)),
        ];
        Say($"{text}\n{string.Join('\n', written.Select(path => $"  written: {ProjectRoot.Relative(path)}"))}");
    }

    private void Say(string text) => messages.OnMessage(new DiagnosticMessage(text));
}
