using FluentAssertions;
using PerfTests.Metrics.Exact;
using Xunit;

namespace PerfTests.Tests.Arena;

[Trait("Category", "Arena")]
public sealed class UtilisationTests(ITestOutputHelper output)
{
    /// <summary>The least that Mooncake's OffsetAllocator reports on uniform sizes.</summary>
    private const double LeastUniform = 0.88;

    /// <summary>
    /// The first request that finds no room ends the filling, and one in eleven is of about 32 MiB, a 32nd of the arena: what
    /// is left then may be all in smaller holes, more so after half was freed at random.
    /// </summary>
    private const double LeastFilled = 0.85, LeastRefilled = 0.7;

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
            mixed.Filled.Should().BeInRange(LeastFilled, 1);
            mixed.Refilled.Should().BeInRange(LeastRefilled, 1);
            mixed.FragmentationHalfFree.Should().BeInRange(0, 1);
            mixed.FragmentationRefilled.Should().BeInRange(0, 1);
        }
    }
}
