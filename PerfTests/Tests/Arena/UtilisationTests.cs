using FluentAssertions;
using PerfTests.Metrics.Exact;
using Xunit;

namespace PerfTests.Tests.Arena;

[Trait("Category", "Arena")]
public sealed class UtilisationTests(ITestOutputHelper output)
{
    /// <summary>The least that Mooncake's OffsetAllocator reports on uniform sizes.</summary>
    private const double LeastUniform = 0.88;

    [Fact]
    public void An_arena_of_one_size_is_used_as_well_as_the_best_allocator_of_its_kind_uses_it()
    {
        (long Size, double Utilisation)[] table = [.. ArenaUtilisation.Sizes.Select(size => (size, ArenaUtilisation.OfSize(size)))];
        foreach ((long size, double utilisation) in table)
        {
            output.WriteLine($"{size,12:N0} B  {utilisation:0.0000}");
        }

        table.Should().HaveCount(55).And.OnlyContain(row => row.Utilisation >= LeastUniform && row.Utilisation <= 1);
    }

    [Fact]
    public void Mixed_sizes_fill_an_arena_and_fill_it_again_after_half_was_freed()
    {
        foreach (int seed in Enumerable.Range(1, 5))
        {
            MixedUtilisation mixed = ArenaUtilisation.OfMixedSizes(seed);
            output.WriteLine(mixed.ToString());
            mixed.Should().Be(ArenaUtilisation.OfMixedSizes(seed), "a count has no noise");
            mixed.Filled.Should().BeInRange(LeastMixed, 1);
            mixed.Refilled.Should().BeInRange(LeastMixed, 1);
            mixed.FragmentationHalfFree.Should().BeInRange(0, 1);
            mixed.FragmentationRefilled.Should().BeInRange(0, 1);
        }
    }

    /// <summary>The first request that finds no room may be of 35 MiB in an arena of 1 GiB that has holes of 30 MiB.</summary>
    private const double LeastMixed = 0.8;
}
