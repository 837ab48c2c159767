using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Creates a sparse arena, allocates a block and writes its first byte, as a program does when it starts.</summary>
public class FirstWriteScenario : IDisposable
{
    /// <summary>Capacity of the arena, in bytes.</summary>
    public const long CapacityBytes = 64 * BlockSize.OneMebibyte;

    private const long BlockBytes = 64 << 10;

    private ShmArena? _arena;

    /// <summary>1 if the pages are mapped in the background; 0 if they are mapped at their first access.</summary>
    [Params(0, 1)]
    public int Background { get; set; }

    /// <summary>Checks that <c>/dev/shm</c> has room, since writing to a page without memory raises SIGBUS.</summary>
    [IterationSetup]
    public void Before()
    {
        _arena = null;
        SharedMemoryClaim.RequireFree(CapacityBytes);
    }

    [Benchmark]
    public long Write() => Write(prefault: false, Background == 1);

    /// <summary>Writes to an arena whose pages were all mapped when it was created.</summary>
    [Benchmark]
    public long WriteAfterPrefault() => Write(prefault: true, inBackground: false);

    [IterationCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }

    private unsafe long Write(bool prefault, bool inBackground)
    {
        _arena = ShmArena.Create(new ShmArenaOptions
        {
            CapacityBytes = CapacityBytes,
            Reserve = false,
            Prefault = prefault,
            PrefaultInBackground = inBackground,
        });
        var block = _arena.Allocate(BlockBytes);
        *(byte*)_arena.GetAddress(block) = 1;
        return block.Offset;
    }
}
