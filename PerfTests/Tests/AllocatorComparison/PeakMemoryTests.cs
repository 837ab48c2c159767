using FluentAssertions;
using PerfTests.AllocatorComparison;
using PerfTests.AllocatorComparison.Memory;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

/// <summary>Tests that the memory in use includes every page of the blocks.</summary>
[Category("AllocatorComparison")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class PeakMemoryTests
{
    private static readonly int s_glibc =
        Enumerable.Range(0, NativeAllocator.All.Count).Single(allocator => NativeAllocator.All[allocator].Name == "glibc");

    public static TheoryData<int> Allocators => [AllocatorUnderTest.Arena, s_glibc];

    [Theory, MemberData(nameof(Allocators))]
    public void Measure_TraceReplay_IsAtLeastWhatIsRequested(int allocator)
    {
        Requires.SharedMemory(128 << 20);
        var memory = PeakMemoryProcess.Measure(allocator, Workload.TraceReplay, 1 << 20, 0);
        memory.RequestedBytes.Should().BeGreaterThan(32 << 20);
        memory.Ratio.Should().BeInRange(0.99, 2);
    }

    [Fact]
    public void Read_WrittenPages_GrowsByTheirSize()
    {
        const int Bytes = 64 << 20;
        using var memory = new ResidentMemory();
        var before = memory.Read();
        var written = GC.AllocateUninitializedArray<byte>(Bytes, pinned: true);
        Array.Fill(written, (byte)1);
        (memory.Read() - before).Should().BeGreaterThan((long)(0.9 * Bytes));
        GC.KeepAlive(written);
    }
}
