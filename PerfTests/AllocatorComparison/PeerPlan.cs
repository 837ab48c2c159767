using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison;

/// <summary>One workload at one size: what is measured side by side, and what comes of the samples.</summary>
internal sealed class PeerPlan(Workload workload, int blockBytes)
{
    private const string ArenaSide = "arena";

    /// <summary>Layouts of managed code in each process. Native code has one: a library is loaded once.</summary>
    private const int ManagedCopies = 4;

    /// <summary>Chunks of each copy in each process.</summary>
    private const int Rounds = 50;

    /// <summary>glibc's random batches are long: they would be down to a few rounds otherwise.</summary>
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(3);

    private readonly int[] _peers = [.. Enumerable.Range(0, PeerAllocator.All.Count).Where(peer => PeerAllocator.All[peer].FindLibrary() is not null)];

    /// <summary>The arena, and every peer that is here in both ways.</summary>
    public MeasurementPlan Plan => new(
        [
            Side(ArenaSide, Contestant.Arena, isNativeLoop: false),
            .. _peers.Select(peer => Side(PInvokeSide(peer), peer, isNativeLoop: false)),
            .. _peers.Where(_ => NativeLoops.AreBuilt).Select(peer => Side(NativeLoopSide(peer), peer, isNativeLoop: true)),
        ],
        new SamplingOptions { ChunksPerCopy = Rounds, Budget = s_budget });

    /// <summary>Condenses the samples of all processes.</summary>
    public PeerRow ToRow(IReadOnlyList<SamplingResult> processes) => new()
    {
        Workload = workload,
        BlockBytes = blockBytes,
        ArenaNanoseconds = Nanoseconds(processes, ArenaSide)!,
        Peers = [.. _peers.Select(peer => new PeerResult
        {
            Peer = PeerAllocator.All[peer].Name,
            NativeLoopNanoseconds = Nanoseconds(processes, NativeLoopSide(peer)),
            NativeLoopRatio = Ratio(processes, NativeLoopSide(peer)),
            PInvokeNanoseconds = Nanoseconds(processes, PInvokeSide(peer))!,
            PInvokeRatio = Ratio(processes, PInvokeSide(peer))!,
            Goal = PeerGoal.Of(workload, blockBytes, PeerAllocator.All[peer]),
        })],
    };

    private static string PInvokeSide(int peer) => $"{PeerAllocator.All[peer].Name}, P/Invoke";

    private static string NativeLoopSide(int peer) => $"{PeerAllocator.All[peer].Name}, native loop";

    private SubjectSpecification Side(string side, int peer, bool isNativeLoop)
    {
        var parameters = new Dictionary<string, int>
        {
            [nameof(PeerScenario.Peer)] = peer,
            [nameof(PeerScenario.IsNativeLoop)] = isNativeLoop ? 1 : 0,
            [nameof(PeerScenario.BlockBytes)] = blockBytes,
            [nameof(PeerScenario.Workload)] = (int)workload,
        };

        // The sides differ by orders of magnitude, so each has chunks of a number of operations of its own.
        return new SubjectSpecification(
            side,
            typeof(PeerScenario).FullName!,
            nameof(PeerScenario.Run),
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
            from peer in Copies(process, side)
            from ratio in arena.WallNanoseconds.Zip(peer.WallNanoseconds, (one, other) => one / other)
            select ratio).ToArray();
        return ratios.Length == 0 ? null : Quartiles.Of(ratios);
    }

    private static IEnumerable<SubjectSamples> Copies(SamplingResult process, string side) => process.Subjects.Where(subject => subject.Side == side);
}
