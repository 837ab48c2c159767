using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Category("Core")]
public sealed class RegistryTests
{
    [Fact]
    public void TryResolve_WhileAnotherThreadAllocatesAndFrees_FindsLiveSegment()
    {
        using var allocator = new SegmentAllocator();
        var address = allocator.GetAddress(allocator.Allocate(4096));
        using var stop = new CancellationTokenSource();
        var churn = new Thread(() =>
        {
            for (var round = 0; round < 200; round++)
            {
                ShmBlock[] blocks = [.. Enumerable.Range(0, 1 + (round % 40)).Select(_ => allocator.Allocate(4096))];
                Array.ForEach(blocks, block => allocator.Free(block));
            }

            stop.Cancel();
        });
        churn.Start();
        long misses = 0;
        while (!stop.IsCancellationRequested)
        {
            misses += allocator.TryResolve((ulong)address, 4096, out var local) && local == address ? 0 : 1;
        }

        churn.Join();
        misses.Should().Be(0);
        allocator.SegmentCount.Should().Be(1);
    }

    [Fact]
    public void DescribeAll_WhileAnotherThreadAllocatesAndFrees_NeverThrows()
    {
        using var allocator = new SegmentAllocator();
        using var stop = new CancellationTokenSource();
        var churn = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                allocator.Free(allocator.Allocate(4096));
            }
        });
        churn.Start();
        var failure = Record.Exception(() =>
        {
            for (var round = 0; round < 50_000; round++)
            {
                allocator.DescribeAll();
            }
        });
        stop.Cancel();
        churn.Join();
        failure.Should().BeNull();
        allocator.DescribeAll().Should().BeEmpty();
    }
}
