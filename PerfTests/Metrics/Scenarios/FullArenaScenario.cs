using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Tries to allocate from a full arena. The arena contains small blocks, so it has many slabs, each of which could have a free
/// block.
/// </summary>
public class FullArenaScenario : IDisposable
{
    /// <summary>Capacity of the arena, in bytes; no block is touched.</summary>
    public const long CapacityBytes = 64 * BlockSize.OneMebibyte;

    /// <summary>Bytes that the descriptions of all blocks take: about 11 bytes for each block of <see cref="FilledBytes"/>.</summary>
    public const long DescriptionBytes = CapacityBytes / FilledBytes * 11;

    private const long FilledBytes = 64;

    private const int AttemptsPerInvoke = 1_000;

    private ShmArena _arena = null!;

    /// <summary>Creates the arena and fills it.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _arena = ArenaScenarios.CreateSparse(CapacityBytes);
        while (_arena.TryAllocate(FilledBytes, out _))
        {
        }
    }

    /// <summary>Tries to allocate blocks of a page. Each attempt finds no room.</summary>
    /// <exception cref="InvalidOperationException">The arena has room for a block.</exception>
    [Benchmark(OperationsPerInvoke = AttemptsPerInvoke)]
    public long TryAllocate()
    {
        long successes = 0;
        for (var i = 0; i < AttemptsPerInvoke; i++)
        {
            successes += _arena.TryAllocate(BlockSize.OnePage, out _) ? 1 : 0;
        }

        return successes == 0 ? 0 : throw new InvalidOperationException($"The full arena had room for {CountText.Of(successes, "block")}.");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }
}
