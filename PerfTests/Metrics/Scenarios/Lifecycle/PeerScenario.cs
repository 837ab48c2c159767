using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Base class of scenarios with the segments of a peer process. The peer is an allocator of this process.</summary>
public abstract class PeerScenario : IDisposable
{
    /// <summary>Number of segments of the peer.</summary>
    protected const int SegmentCount = 64;

    /// <summary>Resources of one layout copy: each segment is mapped twice.</summary>
    internal static RowNeeds Needs { get; } = ScenarioNeeds.UntouchedSegments(2 * SegmentCount);

    private SegmentAllocator? _owner;

    /// <summary>Descriptors of the peer's segments.</summary>
    protected SegmentDescriptor[] Descriptors { get; private set; } = [];

    /// <summary>Segments as this process sees them.</summary>
    protected PeerSegments Peers { get; private set; } = new();

    [GlobalSetup]
    public void Setup()
    {
        _owner = new SegmentAllocator();
        LookupKeys.AllocateBlocks(_owner, SegmentCount);
        Descriptors = [.. _owner.DescribeAll()];
    }

    /// <summary>Starts a sample without announced segments.</summary>
    [IterationSetup]
    public void Before()
    {
        Peers.Dispose();
        Peers = new PeerSegments();
        Prepare();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Peers.Dispose();
        _owner?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Prepares a sample.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>Announces all segments.</summary>
    protected void AnnounceAll()
    {
        foreach (var descriptor in Descriptors)
        {
            Peers.Announce(descriptor);
        }
    }

    /// <summary>Resolves one address in each segment. The first call maps the segments.</summary>
    /// <exception cref="InvalidOperationException">An address does not resolve.</exception>
    protected long ResolveAll()
    {
        nint sum = 0;
        foreach (var descriptor in Descriptors)
        {
            if (!Peers.TryResolve(descriptor.Address, descriptor.ByteCount, out var local))
            {
                throw new InvalidOperationException($"The address of segment {descriptor.Name} does not resolve.");
            }

            sum += local;
        }

        return sum;
    }

    /// <summary>Forgets all segments.</summary>
    protected void ForgetAll()
    {
        foreach (var descriptor in Descriptors)
        {
            Peers.Forget(descriptor.Name);
        }
    }
}
