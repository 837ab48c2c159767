using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Announces 64 segments of a peer, one after the other.</summary>
public class PeerAnnounceScenario : PeerScenario
{
    [Benchmark(OperationsPerInvoke = SegmentCount)]
    public long Announce()
    {
        AnnounceAll();
        return Peers.Count;
    }
}

/// <summary>Resolves the first address in each of 64 announced segments, which opens and maps the segment.</summary>
public class PeerMapScenario : PeerScenario
{
    [Benchmark(OperationsPerInvoke = SegmentCount)]
    public long Resolve() => ResolveAll();

    /// <inheritdoc/>
    protected override void Prepare() => AnnounceAll();
}
