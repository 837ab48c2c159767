using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison;

/// <summary>One workload at one size: what is measured side by side, and what comes of the samples.</summary>
internal sealed class AllocatorComparisonPlan(Workload workload, int blockBytes)
{
    private const string ArenaSide = "arena";

    /// <summary>Layouts of managed code in each process. Native code has one: a library is loaded once.</summary>
    private const int ManagedCopies = 4;

    /// <summary>Chunks of each copy in each process.</summary>
    private const int Rounds = 50;

    /// <summary>glibc's random batches are long: they would be down to a few rounds otherwise.</summary>
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(3);

    private readonly int[] _others = [.. Enumerable.Range(0, NativeAllocator.All.Count).Where(allocator => NativeAllocator.All[allocator].FindLibrary() is not null)];

    /// <summary>The arena, and every allocator that is here in both ways.</summary>
    public MeasurementPlan Plan => new(
        [
            Side(ArenaSide, AllocatorUnderTest.Arena, isNativeLoop: false),
            .. _others.Select(allocator => Side(PInvokeSide(allocator), allocator, isNativeLoop: false)),
            .. _others.Where(_ => NativeLoops.AreBuilt).Select(allocator => Side(NativeLoopSide(allocator), allocator, isNativeLoop: true)),
        ],
        new SamplingOptions { SamplesPerCopy = Rounds, Budget = s_budget });

    /// <summary>Condenses the samples of all processes.</summary>
    public AllocatorComparisonRow ToRow(IReadOnlyList<SamplingResult> processes) => new()
    {
        Workload = workload,
        BlockBytes = blockBytes,
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
    };

    private static string PInvokeSide(int allocator) => $"{NativeAllocator.All[allocator].Name}, P/Invoke";

    private static string NativeLoopSide(int allocator) => $"{NativeAllocator.All[allocator].Name}, native loop";

    private SubjectSpecification Side(string side, int allocator, bool isNativeLoop)
    {
        var parameters = new Dictionary<string, int>
        {
            [nameof(AllocatorComparisonScenario.Allocator)] = allocator,
            [nameof(AllocatorComparisonScenario.IsNativeLoop)] = isNativeLoop ? 1 : 0,
            [nameof(AllocatorComparisonScenario.BlockBytes)] = blockBytes,
            [nameof(AllocatorComparisonScenario.Workload)] = (int)workload,
        };

        // The sides differ by orders of magnitude, so each has chunks of a number of operations of its own.
        return new SubjectSpecification(
            side,
            typeof(AllocatorComparisonScenario).FullName!,
            nameof(AllocatorComparisonScenario.Run),
            parameters,
            isNativeLoop ? 1 : ManagedCopies,
            side);
    }

    private static Quartiles? Nanoseconds(IReadOnlyList<SamplingResult> processes, string side)
    {
        var chunks = processes.SelectMany(process => Copies(process, side)).SelectMany(copy => copy.WallNanoseconds).ToArray();
        return chunks.Length == 0 ? null : Quartiles.Of(chunks);
    }

    /// <summary>Of the ratios of chunks that were taken in the same round, and so at nearly the same time.</summary>
    private static Quartiles? Ratio(IReadOnlyList<SamplingResult> processes, string side)
    {
        var ratios = processes.SelectMany(process =>
            from arena in Copies(process, ArenaSide)
            from allocator in Copies(process, side)
            from ratio in arena.WallNanoseconds.Zip(allocator.WallNanoseconds, (one, other) => one / other)
            select ratio).ToArray();
        return ratios.Length == 0 ? null : Quartiles.Of(ratios);
    }

    private static IEnumerable<SubjectSamples> Copies(SamplingResult process, string side) => process.Subjects.Where(subject => subject.Side == side);
}
