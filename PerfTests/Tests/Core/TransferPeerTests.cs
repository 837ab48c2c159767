using System.Diagnostics;
using System.Runtime.InteropServices;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Reports, and does not judge, how copying compares with glibc: side by side, in turn.</summary>
[Trait("Category", "Peers")]
public sealed unsafe partial class TransferPeerTests(ITestOutputHelper output)
{
    private const int Rounds = 25;

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(1_024)]
    [InlineData(8_192)]
    [InlineData(32_768)]
    [InlineData(65_536)]
    public void Writing_beside_memcpy(int kibibytes)
    {
        int byteCount = kibibytes * 1024;
        byte[] source = GC.AllocateUninitializedArray<byte>(byteCount, pinned: true);
        new Random(1).NextBytes(source);
        using var allocator = new SegmentAllocator();
        ShmBlock block = allocator.Allocate(byteCount);
        void* target = (void*)allocator.GetAddress(block);
        void* start = (void*)Marshal.UnsafeAddrOfPinnedArrayElement(source, 0);
        int repeats = Math.Max(1, (16 << 20) / byteCount);
        var ratios = new double[Rounds];
        for (int round = -2; round < Rounds; round++)
        {
            bool isOursFirst = (round & 1) == 0;
            double first = Time(repeats, isOursFirst);
            double second = Time(repeats, !isOursFirst);
            if (round >= 0)
            {
                ratios[round] = isOursFirst ? second / first : first / second;
            }
        }

        new Span<byte>(target, byteCount).SequenceEqual(source).Should().BeTrue();
        Array.Sort(ratios);
        output.WriteLine(FormattableString.Invariant(
            $"{kibibytes} KiB: {ratios[Rounds / 2]:F2}x memcpy (quartiles {ratios[Rounds / 4]:F2} to {ratios[Rounds * 3 / 4]:F2})"));

        double Time(int count, bool isOurs)
        {
            long from = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                if (isOurs)
                {
                    ShmTransfer.Write(allocator, block, start, byteCount);
                }
                else
                {
                    MemCopy(target, start, (nuint)byteCount);
                }
            }

            return Stopwatch.GetTimestamp() - from;
        }
    }

    [LibraryImport("libc", EntryPoint = "memcpy")]
    private static partial void* MemCopy(void* destination, void* source, nuint byteCount);
}
