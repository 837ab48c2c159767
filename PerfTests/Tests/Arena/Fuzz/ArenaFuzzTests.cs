using FluentAssertions;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena.Fuzz;

[Category("Arena")]
public sealed class ArenaFuzzTests(ITestOutputHelper output)
{
    private const long Cases = 100_000;
    private const int Children = 2;

    /// <summary>The damaged arena of a child at its full length, the arena that it was copied from, and the progress.</summary>
    private static readonly long s_childBytes = 2 * new ArenaLayout(ShmArenaOptions.MinCapacityBytes).TotalBytes;
    private const ulong Seed = 20_260_101;

    [Fact]
    public void AnyOperation_DamagedArena_SucceedsOrThrowsShmException()
    {
        Requires.SharedMemory(Children * s_childBytes);
        const long each = Cases / Children;
        FuzzSupervisor[] supervisors = [.. Enumerable.Range(0, Children).Select(index => new FuzzSupervisor(Seed, index * each, each))];
        try
        {
            Array.ForEach(supervisors, supervisor => supervisor.Await());
            FuzzProgress[] said = [.. supervisors.Select(supervisor => supervisor.Progress)];
            long attached = said.Sum(one => one.AttachedCount), refused = said.Sum(one => one.NotAttachedCount);
            long worked = said.Sum(one => one.WorkedCount), failed = said.Sum(one => one.RefusedCount);
            output.WriteLine($"{attached} attached, {refused} refused; {worked} operations worked, {failed} were refused");

            // A test in which nothing is attached, or nothing refused, would show nothing.
            (attached + refused).Should().Be(Cases);
            attached.Should().BeGreaterThan(Cases / 2);
            refused.Should().BeGreaterThan(Cases / 100);
            worked.Should().BeGreaterThan(5 * attached);
            failed.Should().BeGreaterThan(attached / 10);
        }
        finally
        {
            Array.ForEach(supervisors, supervisor => supervisor.Dispose());
        }
    }
}
