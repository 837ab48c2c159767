using FluentAssertions;
using Xunit;
using Xunit.Sdk;

namespace PerfTests.Tests;

[Category("Running")]
public sealed class RequiresTests
{
    [Theory]
    [InlineData(1L << 30, 64L << 20, "needs 1 GiB of /dev/shm, 64 MiB free; in Docker: --shm-size=2g")]
    [InlineData(96L << 20, (3L << 20) + (1L << 19), "needs 96 MiB of /dev/shm, 3.5 MiB free; in Docker: --shm-size=128m")]
    [InlineData(64L << 20, 0, "needs 64 MiB of /dev/shm, 0 KiB free; in Docker: --shm-size=128m")]
    [InlineData(200L << 10, 4096, "needs 200 KiB of /dev/shm, 4 KiB free; in Docker: --shm-size=2m")]
    public void SharedMemory_TooLittleFree_ReasonGivesSizesAndRemedy(long byteCount, long freeBytes, string reason) =>
        Requires.SharedMemoryReason(byteCount, freeBytes).Should().Be(reason);

    [Fact]
    public void Requires_MoreThanAnyMachineHas_SkipsTest()
    {
        MustSkip(() => Requires.SharedMemory(long.MaxValue >> 1), "*needs * of /dev/shm, * free; in Docker: --shm-size=*");
        MustSkip(() => Requires.OpenFiles(int.MaxValue), "*needs 2147483647 open files*ulimit -n");
        MustSkip(() => Requires.Cores(int.MaxValue), "*needs 2147483647 cores*");
    }

    [Fact]
    public void Requires_Nothing_DoesNotSkip() =>
        FluentActions.Invoking(() =>
        {
            Requires.SharedMemory(0);
            Requires.OpenFiles(0);
            Requires.Cores(1);
        }).Should().NotThrow();

    private static void MustSkip(Action require, string reason) => require.Should().Throw<SkipException>().WithMessage(reason);
}
