using FluentAssertions;
using PerfTests.Metrics.Counted;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed class PageFaultTests
{
    /// <summary>Size in bytes of the reserved arena that <see cref="PageFaultsPerOperation"/> creates, with its metadata.</summary>
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

        // The minimum is compared, because a page that the kernel migrates is mapped again by a page fault, but not in every
        // attempt.
        Enumerable.Range(0, Attempts).Min(_ => PageFaultsPerOperation.Count(byteCounts)).Should().Be(0);
    }

    [Theory]
    [InlineData(4_096)]
    [InlineData(131_072)]
    public void AllocateAndFree_NotPrefaulted_OnlyTouchedBlocksCausePageFaults(long byteCount)
    {
        Requires.SharedMemory(ReservedBytes);

        // Proves that the counter works: blocks that are touched without prefaulting cause faults.
        var touched = PageFaultsPerOperation.Count([byteCount], prefault: false);
        var untouched = PageFaultsPerOperation.Count([byteCount], prefault: false, touch: false);
        touched.Should().BeGreaterThan(untouched + 100);
    }
}
