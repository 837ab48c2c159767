using CsCheck;
using FluentAssertions;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Compares the searches for runs of bits with a loop over single bits.</summary>
[Category("Arena")]
public sealed unsafe class BitRunsTests
{
    private const int BitCount = 448;

    private static readonly Gen<(bool[] Bits, int From, int Count, int Alignment)> s_case = Gen.Select(
        Gen.Select(Gen.Int[0, 90], Gen.Bool).Array[0, 30], Gen.Int[0, BitCount], Gen.Int[0, BitCount], Gen.Int[0, 4],
        (runs, from, count, alignment) => (Bits(runs), from, Math.Min(count, BitCount - from), 1 << alignment));

    [Fact]
    public void Next_RandomBitmap_ReturnsFirstSetOrClearBit() => s_case.Sample(
        sample => Check(sample.Bits, (runs, bits) =>
        {
            foreach (var inUse in (bool[])[true, false])
            {
                var found = Array.IndexOf(bits, inUse, sample.From, sample.Count);
                runs.Next(sample.From, sample.From + sample.Count, inUse).Should().Be(found < 0 ? sample.From + sample.Count : found);
            }
        }),
        iter: 2000);

    [Fact]
    public void Mark_RandomRun_ChangesOnlyThatRun() => s_case.Sample(
        sample => Check(sample.Bits, (runs, bits) =>
        {
            foreach (var inUse in (bool[])[true, false])
            {
                runs.Mark(sample.From, sample.Count, inUse);
                Array.Fill(bits, inUse, sample.From, sample.Count);
                Enumerable.Range(0, BitCount).Select(bit => runs.Next(bit, bit + 1, inUse: true) == bit).Should().Equal(bits);
            }
        }),
        iter: 500);

    [Fact]
    public void Find_RandomBitmap_ReturnsFirstAlignedFreeRun() => s_case.Sample(
        sample => Check(sample.Bits, (runs, bits) =>
        {
            var length = (sample.Count % 60) + 1;
            var first = Enumerable.Range(0, BitCount).FirstOrDefault(
                bit => bit >= sample.From && bit % sample.Alignment == 0 && bit + length <= BitCount
                    && Array.IndexOf(bits, true, bit, length) < 0, -1);
            runs.Find(length, sample.Alignment, sample.From).Should().Be(first);
        }),
        iter: 2000);

    private static bool[] Bits((int Length, bool InUse)[] runs) =>
        [.. runs.SelectMany(run => Enumerable.Repeat(run.InUse, run.Length)).Concat(Enumerable.Repeat(false, BitCount)).Take(BitCount)];

    private static void Check(bool[] bits, Action<BitRuns, bool[]> check)
    {
        var words = new ulong[ArenaLayout.WordCount(BitCount)];
        for (var bit = 0; bit < BitCount; bit++)
        {
            words[bit >> 6] |= bits[bit] ? 1UL << (bit & 63) : 0;
        }

        fixed (ulong* start = words)
        {
            check(new BitRuns(start, BitCount), [.. bits]);
        }
    }
}
