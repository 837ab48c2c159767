using PerfTests.AllocatorComparison.Memory;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison;

/// <summary>Plans the measurement of one workload at one block size, and condenses its samples into a row.</summary>
/// <param name="workload">Workload.</param>
/// <param name="blockBytes">Size of each block, or of the largest, in bytes.</param>
/// <param name="liveBlocks">Number of live blocks of <see cref="Workload.RandomChurn"/>; 0 for other workloads.</param>
internal sealed class AllocatorComparisonPlan(Workload workload, int blockBytes, int liveBlocks)
{
    private const string ArenaSide = "arena";

    /// <summary>
    /// Number of layout copies of managed code in each process. Native code has a single copy, because a library is loaded only
    /// once.
    /// </summary>
    private const int ManagedCopies = 4;

    /// <summary>Number of samples of each layout copy in each process.</summary>
    private const int Rounds = 50;

    /// <summary>Time limit of a process. A shorter limit would leave only a few samples of glibc's slow random batches.</summary>
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Numbers of the native allocators of the row. Random churn is compared with mimalloc only, since many live blocks of all
    /// allocators and layout copies would take several GiB.
    /// </summary>
    private readonly int[] _others =
    [
        .. Enumerable.Range(0, NativeAllocator.All.Count).Where(allocator =>
            NativeAllocator.All[allocator].FindLibrary() is not null
            && (liveBlocks == 0 || NativeAllocator.All[allocator] == NativeAllocator.Mimalloc)
            && (!workload.WritesToBlocks() || NativeAllocator.All[allocator] != NativeAllocator.Empty)),
    ];

    /// <summary>
    /// Plan for one process: it measures the arena, and every installed allocator through P/Invoke and in a native loop.
    /// </summary>
    public MeasurementPlan Plan => new(
        [
            Side(ArenaSide, AllocatorUnderTest.Arena, isNativeLoop: false),
            .. _others.Select(allocator => Side(PInvokeSide(allocator), allocator, isNativeLoop: false)),
            .. _others.Where(_ => NativeLoops.AreBuilt).Select(allocator => Side(NativeLoopSide(allocator), allocator, isNativeLoop: true)),
        ],
        new SamplingOptions { SamplesPerCopy = Rounds, Budget = s_budget });

    /// <summary>Condenses the samples of all processes into a row.</summary>
    /// <param name="processes">Samples of the processes.</param>
    /// <param name="memory">Memory in use at the peak, by the name of the allocator; empty if it was not measured.</param>
    public AllocatorComparisonRow ToRow(IReadOnlyList<SamplingResult> processes, IReadOnlyList<PeakMemory> memory) => new()
    {
        Workload = workload,
        BlockBytes = blockBytes,
        LiveBlocks = liveBlocks == 0 ? null : liveBlocks,
        ArenaNanoseconds = Nanoseconds(processes, ArenaSide)!,
        Others = [.. _others.Select(allocator => new NativeAllocatorResult
        {
            Allocator = NativeAllocator.All[allocator].Name,
            NativeLoopNanoseconds = Nanoseconds(processes, NativeLoopSide(allocator)),
            NativeLoopRatio = Ratio(processes, NativeLoopSide(allocator)),
            PInvokeNanoseconds = Nanoseconds(processes, PInvokeSide(allocator))!,
            PInvokeRatio = Ratio(processes, PInvokeSide(allocator))!,
            Goal = NativeAllocatorGoal.Of(workload, blockBytes, NativeAllocator.All[allocator]),
        })],
        Memory = memory,
    };

    /// <summary>Numbers of all allocators of the row, each of which can run the workload alone.</summary>
    public IEnumerable<int> Allocators =>
        [AllocatorUnderTest.Arena, .. _others.Where(allocator => NativeAllocator.All[allocator] != NativeAllocator.Empty)];

    private static string PInvokeSide(int allocator) => $"{NativeAllocator.All[allocator].Name}, P/Invoke";

    private static string NativeLoopSide(int allocator) => $"{NativeAllocator.All[allocator].Name}, native loop";

    private SubjectSpecification Side(string side, int allocator, bool isNativeLoop)
    {
        var parameters = new Dictionary<string, int>
        {
            [nameof(AllocatorComparisonScenario.Allocator)] = allocator,
            [nameof(AllocatorComparisonScenario.IsNativeLoop)] = isNativeLoop ? 1 : 0,
            [nameof(AllocatorComparisonScenario.BlockBytes)] = blockBytes,
            [nameof(AllocatorComparisonScenario.LiveBlocks)] = liveBlocks,
            [nameof(AllocatorComparisonScenario.Workload)] = (int)workload,
        };

        // Times differ by orders of magnitude, so each side chooses its own number of operations per sample.
        return new SubjectSpecification(
            side,
            typeof(AllocatorComparisonScenario).FullName!,
            nameof(AllocatorComparisonScenario.Run),
            parameters,
            isNativeLoop || liveBlocks > 0 ? 1 : ManagedCopies,
            side);
    }

    private static Quartiles? Nanoseconds(IReadOnlyList<SamplingResult> processes, string side)
    {
        var samples = processes.SelectMany(process => Copies(process, side)).SelectMany(copy => copy.WallNanoseconds).ToArray();
        return samples.Length == 0 ? null : Quartiles.Of(samples);
    }

    /// <summary>
    /// Returns the quartiles of ratios. Each ratio divides two samples of the same round, which were taken at nearly the same
    /// time.
    /// </summary>
    private static Quartiles? Ratio(IReadOnlyList<SamplingResult> processes, string side)
    {
        var ratios = processes.SelectMany(process =>
            from arena in Copies(process, ArenaSide)
            from other in Copies(process, side)
            from ratio in arena.WallNanoseconds.Zip(other.WallNanoseconds, (arenaTime, otherTime) => arenaTime / otherTime)
            select ratio).ToArray();
        return ratios.Length == 0 ? null : Quartiles.Of(ratios);
    }

    private static IEnumerable<SubjectSamples> Copies(SamplingResult process, string side) =>
        process.Subjects.Where(subject => subject.Side == side);
}
