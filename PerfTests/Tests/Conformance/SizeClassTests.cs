using FluentAssertions;
using Xunit;

namespace PerfTests.Tests.Conformance;

/// <summary>Tests the size classes of blocks, and the steps (small ranges of lengths) by which the arena finds a size class.</summary>
[Category("Conformance")]
public sealed class SizeClassTests
{
    [Fact]
    public void IndexOf_EverySize_IsSmallestFittingClassWithLittleWaste()
    {
        for (long byteCount = 1; byteCount <= Shm.Arena.SizeClasses.MaxBlockBytes; byteCount += byteCount < 70_000 ? 1 : 61)
        {
            var index = Shm.Arena.SizeClasses.IndexOf(byteCount);
            var blockBytes = Shm.Arena.SizeClasses.BlockBytes(index);
            var isSmallest = index == 0 || Shm.Arena.SizeClasses.BlockBytes(index - 1) < byteCount;
            var wastesLittle = byteCount <= 128 || (blockBytes - byteCount) * 8 < blockBytes;
            if (blockBytes < byteCount || !isSmallest || !wastesLittle)
            {
                Assert.Fail($"{byteCount} bytes get size class {index}, whose blocks of {blockBytes} bytes are too small or too large");
            }
        }

        Shm.Arena.SizeClasses.IndexOf(Shm.Arena.SizeClasses.MaxBlockBytes).Should().Be(Shm.Arena.SizeClasses.Count - 1);
    }

    [Fact]
    public void StepOf_EverySize_BelongsToItsSizeClass()
    {
        for (long byteCount = 1; byteCount <= Shm.Arena.SizeClasses.MaxBlockBytes; byteCount += byteCount < 70_000 ? 1 : 61)
        {
            var index = Shm.Arena.SizeClasses.IndexOf(byteCount);
            (var first, var end) = (Shm.Arena.SizeClasses.FirstStepOf(index), Shm.Arena.SizeClasses.FirstStepOf(index + 1));
            var step = (int)Shm.Arena.SizeClasses.StepOf(byteCount);
            if (step < first || step >= end)
            {
                Assert.Fail($"{byteCount} bytes have step {step}, but their size class has the steps {first} to {end - 1}");
            }
        }

        var last = Shm.Arena.SizeClasses.FirstStepOf(Shm.Arena.SizeClasses.Count);
        long[] inNoClass = [Shm.Arena.SizeClasses.MaxBlockBytes + 1, 1L << 40, long.MaxValue, 0, -1, long.MinValue];
        inNoClass.Select(byteCount => (int)Shm.Arena.SizeClasses.StepOf(byteCount))
            .Should().OnlyContain(step => step >= last && step < Shm.Arena.SizeClasses.StepCount);
    }

    [Fact]
    public void BlockNumber_ComputedByReciprocal_EqualsResultOfDivision()
    {
        for (var index = 0; index < Shm.Arena.SizeClasses.Count; index++)
        {
            var blockBytes = (ulong)Shm.Arena.SizeClasses.BlockBytes(index);
            var reciprocal = Shm.Arena.BlockNumber.Reciprocal((long)blockBytes);
            for (ulong number = 0; number < 256; number++)
            {
                foreach (var rest in (ulong[])[0, 1, blockBytes / 2, blockBytes - 1])
                {
                    var product = ((number * blockBytes) + rest) * reciprocal;
                    if (Shm.Arena.BlockNumber.Of(product) != number)
                    {
                        Assert.Fail($"wrong block number {rest} bytes after {number} blocks of {blockBytes} bytes");
                    }
                }
            }
        }
    }
}
