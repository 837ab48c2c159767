using FluentAssertions;
using Xunit;

namespace PerfTests.Tests.Conformance;

[Trait("Category", "Conformance")]
public sealed class SizeClassTests
{
    [Fact]
    public void Every_size_gets_the_smallest_class_that_holds_it_with_at_most_an_eighth_of_waste()
    {
        for (long byteCount = 1; byteCount <= Shm.Arena.SizeClasses.MaxBlockBytes; byteCount += byteCount < 70_000 ? 1 : 61)
        {
            int index = Shm.Arena.SizeClasses.IndexOf(byteCount);
            long blockBytes = Shm.Arena.SizeClasses.BlockBytes(index);
            bool isSmallest = index == 0 || Shm.Arena.SizeClasses.BlockBytes(index - 1) < byteCount;
            bool wastesLittle = byteCount <= 128 || (blockBytes - byteCount) * 8 < blockBytes;
            if (blockBytes < byteCount || !isSmallest || !wastesLittle)
            {
                Assert.Fail($"{byteCount} bytes get class {index} of {blockBytes} bytes");
            }
        }

        Shm.Arena.SizeClasses.IndexOf(Shm.Arena.SizeClasses.MaxBlockBytes).Should().Be(Shm.Arena.SizeClasses.Count - 1);
    }
}
