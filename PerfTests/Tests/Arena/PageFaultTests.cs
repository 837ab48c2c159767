using FluentAssertions;
using PerfTests.Metrics.Exact;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed class PageFaultTests
{
    /// <summary>The arena of <see cref="ArenaPageFaults"/>, all of which is reserved, and its metadata.</summary>
    private const long ReservedBytes = 130L << 20;

    private const int Attempts = 3;

    [Theory]
    [InlineData(64L)]
    [InlineData(4_096L)]
    [InlineData(131_072L)]
    [InlineData(3_000_000L)]
    [InlineData(64L, 100L, 700L, 4_096L, 9_000L, 70_000L, 300_000L)]
    public void AllocateAndFree_Prefaulted_CausesNoPageFault(params long[] byteCounts)
    {
        Requires.SharedMemory(ReservedBytes);

        // A page that the kernel moves elsewhere meanwhile is mapped again by a fault, and not by the arena at each attempt.
        Enumerable.Range(0, Attempts).Min(_ => ArenaPageFaults.Count(byteCounts)).Should().Be(0);
    }

    [Theory]
    [InlineData(4_096)]
    [InlineData(131_072)]
    public void AllocateAndFree_NotPrefaulted_OnlyTouchedBlocksFault(long byteCount)
    {
        Requires.SharedMemory(ReservedBytes);

        // The test can fail: where blocks are touched and nothing was mapped, the counter counts.
        long touched = ArenaPageFaults.Count([byteCount], prefault: false);
        long untouched = ArenaPageFaults.Count([byteCount], prefault: false, touch: false);
        touched.Should().BeGreaterThan(untouched + 100);
    }
}
