using System.Runtime.CompilerServices;
using FluentAssertions;
using PerfTests.AllocatorComparison;
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
    private readonly BlockSlots<int> _slots = new();

    [Fact]
    public void Pairs_Run_HoldsOneBlockAtATime()
    {
        NewWorker().Pairs(Bytes, 100);
        _ledger.Should().BeEquivalentTo(new { Allocated = 100, Live = 0, MaxLive = 1 });
    }

    [Theory]
    [InlineData(Worker.MaxBatchBlocks)]
    [InlineData(Worker.HandOverBlocks)]
    public void Batches_Run_FreesInTheGivenOrder(int blocks)
    {
        var orders = RandomOrders.Of(blocks).AsSpan(0, 2 * blocks).ToArray();
        NewWorker().Batches(Bytes, blocks, orders);
        _ledger.Should().BeEquivalentTo(new { Allocated = 2 * blocks, Live = 0, MaxLive = blocks });
        _ledger.Freed.Select(block => block % blocks).Should().Equal(orders);
    }

    [Fact]
    public void Consume_BlocksOfAnotherThread_FreesAll()
    {
        const int Groups = 100;
        Worker producer = NewWorker(), consumer = NewWorker();
        using var second = new SecondThread(() => groups => consumer.Consume(groups));
        for (var sample = 0; sample < 3; sample++)
        {
            second.Wake();
            second.Go(Groups);
            producer.Produce(Bytes, Groups);
            second.Join();
        }

        _ledger.Should().BeEquivalentTo(new { Allocated = 3 * Groups * Worker.HandOverBlocks, Live = 0 });
    }

    [Fact]
    public void Join_SecondThreadFailed_ThrowsWithItsMessage()
    {
        using var second = new SecondThread(() => _ => throw new InvalidOperationException("the reason"));
        second.Wake();
        second.Go(1);
        second.Invoking(thread => thread.Join()).Should().Throw<InvalidOperationException>().WithMessage("*the reason*");
    }

    [Fact]
    public void Consume_OtherThreadFailed_Throws()
    {
        _handOver.Stop();
        NewWorker().Invoking(worker => worker.Consume(1)).Should().Throw<InvalidOperationException>();
    }

    [Theory]
    [InlineData(Worker.MaxBatchBlocks)]
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
        using var arena = AllocatorUnderTest.Create(AllocatorUnderTest.Arena, isNativeLoop: false, AllocatorUnderTest.CapacityBytes);
        var worker = arena.Open();
        worker.Hold(Bytes);
        worker.Batches(blockBytes, Worker.MaxBatchBlocks, RandomOrders.Of(Worker.MaxBatchBlocks));
    }

    [Fact]
    public void Replace_Steps_FreesOneBlockForEachNewOne()
    {
        var worker = NewWorker();
        worker.Fill(0, [64, 64, 64]);
        worker.Replace(0, [new Replacement(2, 64), new Replacement(0, 64), new Replacement(2, 64)]);
        _ledger.Should().BeEquivalentTo(new { Allocated = 6, Live = 3, MaxLive = 3 });
        _ledger.Freed.Should().Equal(2, 0, 3);
        worker.Drain(0, 3);
        _ledger.Live.Should().Be(0);
    }

    [Fact]
    public void Scratch_GivenBlock_IsFreedFirstAndEachBlockIsWrittenTo()
    {
        var worker = NewWorker();
        worker.Fill(1, [8]);
        worker.Scratch(1, 8, 5);
        _ledger.Should().BeEquivalentTo(new { Allocated = 6, Live = 0, MaxLive = 1, Written = Worker.ScratchWrites - 1L });
        _ledger.Freed[0].Should().Be(0);
    }

    [Theory]
    [InlineData(nameof(Workload.Larson), 1000)]
    [InlineData(nameof(Workload.CacheScratch), 8)]
    public void Run_TwoThreadsThatPassBlocks_EachFreesBlocksOfTheOther(string workload, int blockBytes)
    {
        var task = new WorkloadTask(Enum.Parse<Workload>(workload), blockBytes, liveBlocks: 0);
        var first = NewWorker();
        task.Prepare(first, 0);
        using (var second = new SecondThread(() =>
        {
            var worker = NewWorker();
            task.Prepare(worker, 1);
            return units => task.Run(worker, 1, units);
        }))
        {
            var held = _ledger.Allocated;
            second.Wake();
            second.Go(2);
            task.Run(first, 0, 2);
            second.Join();
            (_ledger.Allocated - held).Should().Be((int)(2 * task.OperationsPerUnit));
        }

        _ledger.FreedByAnother.Should().BePositive();
        task.End(first);
        _ledger.Live.Should().Be(0);
    }

    [Fact]
    public void Await_OtherThreadFailed_Throws()
    {
        var meeting = new Meeting();
        meeting.Stop();
        meeting.Invoking(one => one.Await(0)).Should().Throw<InvalidOperationException>();
    }

    private ManagedWorker<LedgerHeap, int> NewWorker() => new(new LedgerHeap(_ledger), _handOver, _slots);

    /// <summary>Allocator that records its live blocks and fails the test if a block is freed twice.</summary>
    private readonly struct LedgerHeap(Ledger ledger) : IHeap<int>
    {
        public void Allocate(long byteCount, out int block) => block = ledger.Allocate();

        public void Free(in int block) => ledger.Free(block);

        public nint AddressOf(in int block) => ledger.Address;
    }

    private sealed class Ledger
    {
        private readonly long[] _memory = GC.AllocateArray<long>(1, pinned: true);
        private readonly Dictionary<int, int> _threads = [];
        private readonly Lock _lock = new();
        private readonly HashSet<int> _live = [];
        private readonly List<int> _freed = [];

        public int Allocated { get; private set; }

        public int MaxLive { get; private set; }

        public int Live => _live.Count;

        public IReadOnlyList<int> Freed => _freed;

        /// <summary>Number of blocks that another thread freed than the one that allocated them.</summary>
        public int FreedByAnother { get; private set; }

        public long Written => _memory[0];

        public unsafe nint Address => (nint)Unsafe.AsPointer(ref _memory[0]);

        public int Allocate()
        {
            lock (_lock)
            {
                _live.Add(Allocated);
                _threads[Allocated] = Environment.CurrentManagedThreadId;
                MaxLive = Math.Max(MaxLive, Live);
                return Allocated++;
            }
        }

        public void Free(int block)
        {
            lock (_lock)
            {
                _live.Remove(block).Should().BeTrue("block {0} is live", block);
                _freed.Add(block);
                FreedByAnother += _threads[block] == Environment.CurrentManagedThreadId ? 0 : 1;
            }
        }
    }
}
