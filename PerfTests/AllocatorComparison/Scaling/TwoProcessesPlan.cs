using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison.Scaling;

/// <summary>
/// Plans the comparison of two processes with one thread each with one process of two threads. Both use one arena, and both do
/// the work of <see cref="Workload.TwoThreadsBatches"/>.
/// </summary>
/// <param name="blockBytes">Size of each block, in bytes.</param>
internal sealed class TwoProcessesPlan(int blockBytes)
{
    private const string Threads = "two threads";
    private const string Processes = "two processes";
    private const int Copies = 2;
    private const int Samples = 100;

    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(3);

    /// <summary>Plan for one process.</summary>
    public MeasurementPlan Plan => new(
        [Side(Threads, AllocatorUnderTest.Arena), Side(Processes, AllocatorUnderTest.ArenaOfTwoProcesses)],
        new SamplingOptions { SamplesPerCopy = Samples, Budget = s_budget });

    /// <summary>Condenses the samples of all processes into a row.</summary>
    public TwoProcessesRow ToRow(IReadOnlyList<SamplingResult> processes) => new(
        blockBytes,
        Quartiles.Of(processes.SelectMany(process => CopiesOf(process, Threads)).SelectMany(copy => copy.WallNanoseconds)),
        Quartiles.Of(processes.SelectMany(process => CopiesOf(process, Processes)).SelectMany(copy => copy.WallNanoseconds)),
        Quartiles.Of(
            from process in processes
            from threads in CopiesOf(process, Threads)
            from others in CopiesOf(process, Processes)
            from ratio in threads.WallNanoseconds.Zip(others.WallNanoseconds, (thread, other) => thread / other)
            select ratio));

    private static IEnumerable<SubjectSamples> CopiesOf(SamplingResult process, string side) =>
        process.Subjects.Where(subject => subject.Side == side);

    private SubjectSpecification Side(string side, int allocator) => new(
        side,
        typeof(AllocatorComparisonScenario).FullName!,
        nameof(AllocatorComparisonScenario.Run),
        new Dictionary<string, int>
        {
            [nameof(AllocatorComparisonScenario.Allocator)] = allocator,
            [nameof(AllocatorComparisonScenario.IsNativeLoop)] = 0,
            [nameof(AllocatorComparisonScenario.BlockBytes)] = blockBytes,
            [nameof(AllocatorComparisonScenario.LiveBlocks)] = 0,
            [nameof(AllocatorComparisonScenario.Workload)] = (int)Workload.TwoThreadsBatches,
        },
        Copies,
        side);
}
