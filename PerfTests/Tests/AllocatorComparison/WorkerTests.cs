using FluentAssertions;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

/// <summary>Tests that the loops of the allocator comparison free every allocated block exactly once.</summary>
[Category("AllocatorComparison")]
public sealed class WorkerTests
{
    private const long Bytes = 64;

    private readonly Ledger _ledger = new();
    private readonly HandOver<int> _handOver = new();

    [Fact]
    public void Pairs_Run_HoldsOneBlockAtATime()
    {
        NewWorker().Pairs(Bytes, 100);
        _ledger.Should().BeEquivalentTo(new { Allocated = 100, Live = 0, MostLive = 1 });
    }

    [Theory]
    [InlineData(Worker.MostBatchBlocks)]
    [InlineData(Worker.HandOverBlocks)]
    public void Batches_Run_FreesInTheGivenOrder(int blocks)
    {
        var orders = RandomOrders.Of(blocks).AsSpan(0, 2 * blocks).ToArray();
        NewWorker().Batches(Bytes, blocks, orders);
        _ledger.Should().BeEquivalentTo(new { Allocated = 2 * blocks, Live = 0, MostLive = blocks });
        _ledger.Freed.Select(block => block % blocks).Should().Equal(orders);
    }

    [Fact]
    public void Consume_BlocksOfAnotherThread_FreesAll()
    {
        const int Groups = 100;
        Worker producer = NewWorker(), consumer = NewWorker();
        using var second = new SecondThread(() => () => consumer.Consume(Groups));
        for (var sample = 0; sample < 3; sample++)
        {
            second.Wake();
            second.Go();
            producer.Produce(Bytes, Groups);
            second.Join();
        }

        _ledger.Should().BeEquivalentTo(new { Allocated = 3 * Groups * Worker.HandOverBlocks, Live = 0 });
    }

    [Fact]
    public void Join_SecondThreadFailed_ThrowsWithItsMessage()
    {
        using var second = new SecondThread(() => () => throw new InvalidOperationException("the reason"));
        second.Wake();
        second.Go();
        second.Invoking(thread => thread.Join()).Should().Throw<InvalidOperationException>().WithMessage("*the reason*");
    }

    [Fact]
    public void Consume_OtherThreadFailed_Throws()
    {
        _handOver.Stop();
        NewWorker().Invoking(worker => worker.Consume(1)).Should().Throw<InvalidOperationException>();
    }

    [Theory]
    [InlineData(Worker.MostBatchBlocks)]
    [InlineData(Worker.HandOverBlocks)]
    public void FreeOrders_AnyBatchSize_ArePermutations(int blocks)
    {
        foreach (var order in RandomOrders.Of(blocks).Chunk(blocks))
        {
            order.Should().BeEquivalentTo(Enumerable.Range(0, blocks)).And.NotBeInAscendingOrder();
        }
    }

    [Theory]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    [InlineData(64)]
    [InlineData(2097152)]
    public void Batches_LargestBatchInArena_DoesNotRunOutOfMemory(int blockBytes)
    {
        Requires.SharedMemory(2 << 20);
        using var arena = AllocatorUnderTest.Create(AllocatorUnderTest.Arena, isNativeLoop: false);
        var worker = arena.Open();
        worker.Hold(Bytes);
        worker.Batches(blockBytes, Worker.MostBatchBlocks, RandomOrders.Of(Worker.MostBatchBlocks));
    }

    private ManagedWorker<LedgerHeap, int> NewWorker() => new(new LedgerHeap(_ledger), _handOver);

    /// <summary>Allocator that records its live blocks and fails the test if a block is freed twice.</summary>
    private readonly struct LedgerHeap(Ledger ledger) : IHeap<int>
    {
        public void Allocate(long byteCount, out int block) => block = ledger.Allocate();

        public void Free(in int block) => ledger.Free(block);
    }

    private sealed class Ledger
    {
        private readonly Lock _lock = new();
        private readonly HashSet<int> _live = [];
        private readonly List<int> _freed = [];

        public int Allocated { get; private set; }

        public int MostLive { get; private set; }

        public int Live => _live.Count;

        public IReadOnlyList<int> Freed => _freed;

        public int Allocate()
        {
            lock (_lock)
            {
                _live.Add(Allocated);
                MostLive = Math.Max(MostLive, Live);
                return Allocated++;
            }
        }

        public void Free(int block)
        {
            lock (_lock)
            {
                _live.Remove(block).Should().BeTrue("block {0} is live", block);
                _freed.Add(block);
            }
        }
    }
}
