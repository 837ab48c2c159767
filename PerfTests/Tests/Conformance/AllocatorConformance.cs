using FluentAssertions;
using PerfTests.Metrics;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Conformance;

/// <summary>Conformance tests of <see cref="IShmAllocator"/>, which every implementation must pass.</summary>
[Category("Conformance")]
public abstract unsafe class AllocatorConformance : IDisposable
{
    private readonly Lazy<IShmAllocator> _allocator;

    /// <summary>Creates the tests of an allocator that <see cref="Allocators"/> lists.</summary>
    /// <param name="name">Name of the allocator.</param>
    protected AllocatorConformance(string name)
    {
        AllocatorName = name;
        _allocator = new(() =>
        {
            RequireMemory();
            return Allocators.Find(name)!.Create();
        });
    }

    /// <summary>Name of the allocator.</summary>
    public string AllocatorName { get; }

    private IShmAllocator Allocator => _allocator.Value;

    public void Dispose()
    {
        if (_allocator.IsValueCreated)
        {
            Allocator.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(4_097)]
    [InlineData(1_048_576)]
    [InlineData(2_097_153)]
    [InlineData(10_000_019)]
    public void Allocate_AnySize_BlockIsWritableToItsLastByte(long byteCount)
    {
        Requires.SharedMemory(Requires.FewPages);
        var block = Allocator.Allocate(byteCount);
        var bytes = (byte*)Allocator.GetAddress(block);
        bytes[0] = 0x5A;
        bytes[byteCount - 1] = 0xA5;
        block.ByteCount.Should().Be(byteCount);
        bytes[byteCount - 1].Should().Be(0xA5);
        Allocator.Free(block);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Allocate_SizeBelowOne_Throws(long byteCount)
    {
        FluentActions.Invoking(() => Allocator.Allocate(byteCount)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Allocator.TryAllocate(byteCount, out _)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Allocate_RandomSizes_LiveBlocksDoNotOverlap()
    {
        var random = new Random(7);
        var ranges = new List<(long Start, long End)>();
        for (var count = 0; count < 400; count++)
        {
            var byteCount = 1L << random.Next(17);
            byteCount += random.NextInt64(byteCount);
            var address = Allocator.GetAddress(Allocator.Allocate(byteCount));
            ranges.Add((address, address + byteCount));
        }

        ranges.Sort();
        for (var index = 1; index < ranges.Count; index++)
        {
            ranges[index].Start.Should().BeGreaterThanOrEqualTo(ranges[index - 1].End);
        }
    }

    [Fact]
    public void Free_Twice_Throws()
    {
        var block = Allocator.Allocate(4096);
        Allocator.Free(block);
        FluentActions.Invoking(() => Allocator.Free(block)).Should().Throw<ShmException>().WithMessage("*not a live block*");
        FluentActions.Invoking(() => Allocator.GetAddress(block)).Should().Throw<ShmException>();
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(3_000_000)]
    public void Free_OldHandleOfReusedBlock_Throws(long byteCount)
    {
        var old = Allocator.Allocate(byteCount);
        Allocator.Free(old);
        var successor = Allocator.Allocate(byteCount);
        FluentActions.Invoking(() => Allocator.Free(old)).Should().Throw<ShmException>();
        Allocator.GetAddress(successor).Should().NotBe(0);
        Allocator.Free(successor);
    }

    [Fact]
    public void Free_MadeUpHandle_Throws()
    {
        var real = Allocator.Allocate(4096);
        ShmBlock[] forgeries =
        [
            default,
            real with { Generation = real.Generation + 1 },
            real with { Generation = real.Generation + 2 },
            real with { Generation = uint.MaxValue },
            real with { Offset = real.Offset + 1 },
            real with { Offset = -1 },
            real with { Offset = long.MaxValue },
            real with { Offset = long.MinValue },
            real with { SegmentId = real.SegmentId + 1 },
            real with { SegmentId = uint.MaxValue },
            real with { ByteCount = 0 },
            real with { ByteCount = -1 },
            real with { ByteCount = long.MaxValue },
        ];
        foreach (var forged in forgeries)
        {
            FluentActions.Invoking(() => Allocator.Free(forged)).Should().Throw<ShmException>(forged.ToString());
        }

        Allocator.Free(real);
    }

    [Fact]
    public void TryResolve_RangeBeyondSegment_ReturnsFalse()
    {
        var block = Allocator.Allocate(4096);
        var address = Allocator.GetAddress(block);
        Allocator.TryResolve((ulong)address + 100, 3996, out var local).Should().BeTrue();
        local.Should().Be(address + 100);
        foreach ((var remote, var byteCount) in new[]
        {
            ((ulong)address, 0L), ((ulong)address, -1L), ((ulong)address, long.MinValue), ((ulong)address, long.MaxValue),
            (0UL, 1L), (ulong.MaxValue, 1L), (ulong.MaxValue, 2L), ((ulong)address - (1UL << 40), 1L),
        })
        {
            Allocator.TryResolve(remote, byteCount, out var none).Should().BeFalse($"{remote:x} + {byteCount}");
            none.Should().Be(0);
        }
    }

    [Fact]
    public void Transfer_RangeBeyondBlock_Throws()
    {
        Requires.SharedMemory(Requires.FewPages);
        var block = Allocator.Allocate(1000);
        var source = new byte[900];
        new Random(3).NextBytes(source);
        ShmTransfer.Write(Allocator, block, source, 100);
        var read = new byte[900];
        ShmTransfer.Read(Allocator, block, read, 100);
        read.Should().Equal(source);
        foreach (var offset in new[] { 101L, -1L, long.MaxValue, long.MinValue })
        {
            FluentActions.Invoking(() => ShmTransfer.Write(Allocator, block, source, offset))
                .Should().Throw<ArgumentOutOfRangeException>();
        }

        Allocator.Free(block);
        FluentActions.Invoking(() => ShmTransfer.Read(Allocator, block, read)).Should().Throw<ShmException>();
    }

    [Fact]
    public void Allocate_AfterDispose_Throws()
    {
        var block = Allocator.Allocate(100);
        Allocator.Dispose();
        FluentActions.Invoking(() => Allocator.Allocate(100)).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => Allocator.Free(block)).Should().Throw<ObjectDisposedException>();
        Allocator.Dispose();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Allocate_ManyThreads_NoBlockIsShared(int threadCount)
    {
        Requires.SharedMemory(StressBytes);
        using var start = new Barrier(threadCount);
        var failures = new Exception?[threadCount];
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(id => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                StressWorker.Run(Allocator, id, Operations);
            }
            catch (Exception failure)
            {
                failures[id] = failure;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        failures.Should().AllSatisfy(failure => failure.Should().BeNull());
    }

    /// <summary>Number of operations per stress thread. The operations should take at most one second.</summary>
    protected abstract int Operations { get; }

    /// <summary>Skips the calling test if there is too little memory to create the allocator.</summary>
    protected virtual void RequireMemory()
    {
    }

    /// <summary>Upper bound of the shared memory to which the stress threads write, in bytes.</summary>
    protected abstract long StressBytes { get; }
}
