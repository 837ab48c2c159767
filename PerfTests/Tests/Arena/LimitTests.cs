using System.Numerics;
using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests the promises and limits that the documentation of <see cref="ShmArena"/> states.</summary>
[Category("Arena")]
public sealed class LimitTests
{
    [Fact]
    public void Allocate_AnySize_AddressHasTheDocumentedAlignment()
    {
        using var arena = SparseArena.Create(1 << 30);
        for (long size = 1; size <= 6 << 20; size += 1 + (size / 7))
        {
            foreach (var byteCount in new[] { size, (long)BitOperations.RoundUpToPowerOf2((ulong)size) })
            {
                ShmBlock[] blocks = [arena.Allocate(byteCount), arena.Allocate(byteCount), arena.Allocate(byteCount)];
                foreach (var block in blocks)
                {
                    var ofBlock = Math.Min(4096, LargestPowerIn(arena.SizeOf(block)));
                    (arena.GetAddress(block) % (nint)ofBlock).Should().Be(0, $"{byteCount} B");
                    ofBlock.Should().BeGreaterThanOrEqualTo(Math.Min(4096, Math.Max(4, (long)Math.Ceiling(byteCount / 16.0))));
                    if (BitOperations.IsPow2(byteCount) && byteCount >= 16)
                    {
                        ofBlock.Should().Be(Math.Min(4096, byteCount));
                    }
                }

                Array.ForEach(blocks, block => arena.Free(block));
            }
        }
    }

    [Fact]
    public void Limits_DocumentedNumbers_Are4096HeapsAnd1024Processes()
    {
        ArenaLayout.ProcessCount.Should().Be(1_024);
        ArenaLayout.HeapCount.Should().Be(4_096);
        Requires.SharedMemory(6 << 20);
        using var arena = SparseArena.Create(ShmArenaOptions.MinCapacityBytes);
        ShmHeap[] heaps = [.. Enumerable.Range(0, 4_096).Select(_ => arena.OpenHeap())];
        FluentActions.Invoking(arena.OpenHeap).Should().Throw<ShmException>().WithMessage("*4096 heaps*");
        Array.ForEach(heaps, heap => heap.Dispose());
        arena.OpenHeap().Dispose();
    }

    private static long LargestPowerIn(long size) => size & -size;
}
