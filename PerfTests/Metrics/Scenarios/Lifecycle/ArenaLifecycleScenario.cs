using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Base class of scenarios, each of which measures one step in the life of an arena.</summary>
public abstract class ArenaLifecycleScenario : IDisposable
{
    /// <summary>Number of arenas in a sample.</summary>
    protected const int ArenasPerInvoke = 2;

    /// <summary>Capacity of an arena, in bytes.</summary>
    public const long CapacityBytes = 4 * BlockSize.OneMebibyte;

    /// <summary>Resources of a sample with reserved arenas.</summary>
    internal static RowNeeds NeedsOfSample { get; } = ScenarioNeeds.ReservedArena(CapacityBytes).Times(ArenasPerInvoke);

    /// <summary>Arenas of a sample.</summary>
    protected ShmArena?[] Arenas { get; } = new ShmArena?[ArenasPerInvoke];

    [GlobalCleanup]
    public void Dispose()
    {
        DisposeArenas();
        DisposeOwner();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates the arenas of a sample.</summary>
    protected void CreateArenas(bool isReserved)
    {
        for (var i = 0; i < ArenasPerInvoke; i++)
        {
            Arenas[i] = isReserved ? ShmArena.Create(CapacityBytes) : ArenaScenarios.CreateSparse(CapacityBytes);
        }
    }

    /// <summary>Disposes the arenas of a sample.</summary>
    protected void DisposeArenas()
    {
        foreach (var arena in Arenas)
        {
            arena?.Dispose();
        }
    }

    /// <summary>Disposes the objects that all samples use.</summary>
    protected virtual void DisposeOwner()
    {
    }
}
