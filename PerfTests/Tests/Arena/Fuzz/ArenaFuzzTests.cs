using FluentAssertions;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Runs operations on arenas whose metadata was damaged at random.</summary>
[Category("Arena"), Category(Soak.Category)]
public sealed class ArenaFuzzTests(ITestOutputHelper output)
{
    private const int Children = 2;
    private const ulong Seed = 20_260_101;

    /// <summary>
    /// Shared memory of a child process in bytes: the damaged arena at its full length, and the arena that it was copied
    /// from.
    /// </summary>
    private static readonly long s_childBytes = 2 * new ArenaLayout(ShmArenaOptions.MinCapacityBytes).TotalBytes;

    [Fact]
    public void AnyOperation_DamagedArena_SucceedsOrThrowsShmException()
    {
        Requires.SharedMemory(Children * s_childBytes);
        long cases = Soak.Dose(4_000, 100_000), each = cases / Children;
        FuzzSupervisor[] supervisors = [.. Enumerable.Range(0, Children).Select(index => new FuzzSupervisor(Seed, index * each, each))];
        try
        {
            Array.ForEach(supervisors, supervisor => supervisor.Await());
            FuzzProgress[] progress = [.. supervisors.Select(supervisor => supervisor.Progress)];
            long attached = progress.Sum(one => one.AttachedCount), refused = progress.Sum(one => one.NotAttachedCount);
            long worked = progress.Sum(one => one.WorkedCount), failed = progress.Sum(one => one.RefusedCount);
            output.WriteLine($"{attached} attached, {refused} refused; {worked} operations worked, {failed} were refused");

            // Proves that the damage varies: attaching fails for some arenas and succeeds for others.
            (attached + refused).Should().Be(cases);
            attached.Should().BeGreaterThan(cases / 2);
            refused.Should().BeGreaterThan(cases / 100);
            worked.Should().BeGreaterThan(5 * attached);
            failed.Should().BeGreaterThan(attached / 10);
        }
        finally
        {
            Array.ForEach(supervisors, supervisor => supervisor.Dispose());
        }
    }
}
