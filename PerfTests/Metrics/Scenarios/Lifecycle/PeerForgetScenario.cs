using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Forgets 64 mapped segments, or removes all of them at once.</summary>
public class PeerForgetScenario : PeerScenario
{
    [Benchmark(OperationsPerInvoke = SegmentCount)]
    public long Forget()
    {
        ForgetAll();
        return Peers.Count;
    }

    /// <summary>Looks for segments that their owner has freed. There are none.</summary>
    [Benchmark(OperationsPerInvoke = SegmentCount)]
    public long ForgetFreed() => Peers.ForgetFreed();

    /// <summary>Unmaps all segments.</summary>
    [Benchmark(OperationsPerInvoke = SegmentCount)]
    public long DisposeAll()
    {
        Peers.Dispose();
        return SegmentCount;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        AnnounceAll();
        ResolveAll();
    }
}

/// <summary>Unmaps 64 segments that were forgotten.</summary>
public class PeerUnmapScenario : PeerForgetScenario
{
    [Benchmark(OperationsPerInvoke = SegmentCount)]
    public long UnmapForgotten() => Peers.UnmapForgotten();

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        ForgetAll();
    }
}
