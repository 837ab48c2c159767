using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Attaches to a reserved arena of 4 MiB, as another process does.</summary>
public class ArenaAttachScenario : ArenaLifecycleScenario
{
    /// <summary>Resources of the attachments of a sample.</summary>
    internal static RowNeeds NeedsOfAttachments { get; } = new RowNeeds { OpenFiles = 2, Mappings = 2 }.Times(ArenasPerInvoke);

    private ShmArena _owner = null!;

    /// <summary>1 if attaching maps all pages of data.</summary>
    [Params(0, 1)]
    public int Prefault { get; set; }

    [GlobalSetup]
    public void Setup() => _owner = ShmArena.Create(CapacityBytes);

    /// <summary>Recovers from the departures of the sample before. Otherwise the first attachment would do that.</summary>
    [IterationSetup]
    public void Before()
    {
        _owner.Recover();
        Prepare();
    }

    [Benchmark(OperationsPerInvoke = ArenasPerInvoke)]
    public long Attach()
    {
        var options = new ShmArenaAttachOptions { Prefault = Prefault == 1 };
        for (var i = 0; i < ArenasPerInvoke; i++)
        {
            Arenas[i] = ShmArena.Attach(_owner.Name, options);
        }

        return Arenas[^1]!.Id;
    }

    [IterationCleanup]
    public void After() => DisposeArenas();

    /// <inheritdoc/>
    protected override void DisposeOwner() => _owner?.Dispose();

    /// <summary>Prepares the attachments of a sample.</summary>
    protected virtual void Prepare()
    {
    }
}

/// <summary>Disposes the attachments of an arena, which unmaps its memory. The arena stays.</summary>
public class ArenaDetachScenario : ArenaAttachScenario
{
    [Benchmark(OperationsPerInvoke = ArenasPerInvoke)]
    public long Detach()
    {
        DisposeArenas();
        return ArenasPerInvoke;
    }

    /// <inheritdoc/>
    protected override void Prepare() => Attach();
}
