using FluentAssertions;
using PerfTests.Metrics.Counted;
using PerfTests.Metrics.Traces;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed class UtilisationTests(ITestOutputHelper output)
{
    /// <summary>Lowest utilisation that Mooncake's OffsetAllocator reports for uniform sizes.</summary>
    private const double MinUniform = 0.88;

    /// <summary>
    /// Lower bounds of the utilisation with mixed sizes. Filling ends at the first request that finds no room. One request in
    /// eleven is for about 32 MiB, a 32nd of the arena. All free memory may then be in smaller holes. The second bound is for
    /// an arena that was filled again after half of its blocks was freed at random.
    /// </summary>
    private const double MinFilled = 0.85, MinRefilled = 0.7;

    /// <summary>Upper bound of the number of blocks that are live at one time, with mixed sizes or in a trace replay.</summary>
    private const long MaxMixedBlocks = 10_000;

    [Fact]
    public void Utilisation_UniformSizes_IsAtLeast88Percent()
    {
        const long SmallestBlockBytes = 16;
        Requires.ArenaMetadata(SizeFilling.CapacityBytesOfSmallSizes, SizeFilling.CapacityBytesOfSmallSizes / SmallestBlockBytes);
        (long Size, double Utilisation)[] table = [.. SizeFilling.Sizes.Select(size => (size, SizeFilling.OfSize(size)))];
        foreach ((var size, var utilisation) in table)
        {
            output.WriteLine($"{size,12:N0} B  {utilisation:0.0000}");
        }

        table.Should().HaveCount(55).And.OnlyContain(row => row.Utilisation >= MinUniform && row.Utilisation <= 1);
    }

    [Fact]
    public void Utilisation_ArenaFilledAndRefilledWithMixedSizes_StaysAboveBounds()
    {
        Requires.ArenaMetadata(SizeFilling.CapacityBytes, MaxMixedBlocks);
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var mixed = SizeFilling.OfMixedSizes(seed);
            output.WriteLine(mixed.ToString());
            mixed.Should().Be(SizeFilling.OfMixedSizes(seed), "counting twice must give the same result");
            mixed.Filled.Should().BeInRange(MinFilled, 1);
            mixed.Refilled.Should().BeInRange(MinRefilled, 1);
            SizeFilling.UnusableOfMixedSizes(seed).Should().BeInRange(0, 1).And.Be(SizeFilling.UnusableOfMixedSizes(seed));
        }
    }

    [Fact]
    public void UnusableFraction_FreeMemoryInOnePieceOrInSmallHoles_IsZeroOrOne()
    {
        const long Megabyte = 1 << 20, Large = 4 * Megabyte;
        Requires.ArenaMetadata(2 * 64 * Megabyte, blockCount: 32);
        using var empty = new FilledArena(64 * Megabyte);
        empty.UnusableBy(Large).Should().Be(0);

        using var holed = new FilledArena(64 * Megabyte);
        var blocks = new List<ShmBlock>();
        while (holed.TryAllocate(Large - 4096, out var block))
        {
            blocks.Add(block);
        }

        blocks.Should().HaveCount(16);
        holed.Free(blocks[3]);
        holed.Free(blocks[9]);
        holed.UnusableBy(Large).Should().Be(1, "each hole is one page too small");
    }

    [Fact]
    public void TraceReplay_RunTwice_GivesTheSameCounts()
    {
        Requires.ArenaMetadata(SizeFilling.CapacityBytes, MaxMixedBlocks);
        var replay = TraceFilling.Replay(TraceFile.ShippedPath);
        output.WriteLine(replay.ToString());
        replay.Should().Be(TraceFilling.Replay(TraceFile.ShippedPath));
        replay.Refusals.Should().BePositive();
        replay.MinUtilisation.Should().BeInRange(MinFilled, 1);
        replay.Unusable.Should().BeInRange(0, 1);
    }
}
