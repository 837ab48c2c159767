using System.Runtime.CompilerServices;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Category("Core")]
public sealed class SegmentTests
{
    public SegmentTests() => Requires.SharedMemory(Requires.FewPages);

    [Fact]
    public void Open_ExistingSegment_SharesBytesUntilOwnerDisposes()
    {
        string name;
        using (var owner = ShmSegment.CreateExclusive(10_000))
        using (var peer = ShmSegment.Open(name = owner.Name, 10_000))
        {
            SegmentName.TryParseOwner(name, out var parsed).Should().BeTrue();
            parsed.Should().Be(SegmentOwner.Current);
            name.Length.Should().BeLessThan(40, "the kernel allocates memory for a longer name");
            owner.AsSpan(9_999, 1)[0] = 77;
            peer.AsSpan(9_999, 1)[0].Should().Be(77);
            peer.Dispose();
            File.Exists("/dev/shm/" + name).Should().BeTrue("only the owner removes the name");
        }

        File.Exists("/dev/shm/" + name).Should().BeFalse();
    }

    [Fact]
    public void Create_ExistingName_Throws()
    {
        using var owner = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(owner.Name, 100))
            .Should().Throw<ShmException>().WithMessage(
                $"openat({owner.Name}) failed: EEXIST (17)*Choose another name: a process uses the segment of this name.");
    }

    [Fact]
    public void Open_SegmentShorterThanRequested_Throws()
    {
        using var owner = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => ShmSegment.Open(owner.Name, 101))
            .Should().Throw<ShmException>().WithMessage("*it has 100 bytes, expected at least 101*");
    }

    [Theory]
    [InlineData("", "validate name() failed: the name is empty*")]
    [InlineData("a/b", "validate name(a/b) failed: the name contains a slash*")]
    [InlineData("..", "validate name(..) failed: the name denotes a directory*")]
    [InlineData("a\0b", "validate name(a\\0b) failed: the name contains a NUL*")]
    public void CreateOrOpen_InvalidName_Throws(string name, string message) => RefusesEverywhere(name, message);

    [Fact]
    public void CreateOrOpen_NameOf300Bytes_Throws() => RefusesEverywhere(new string('n', 300), "*the name is longer than 254 bytes*");

    [Fact]
    public void CreateOrOpen_NameWithLoneSurrogate_Throws() => RefusesEverywhere("a" + (char)0xD800, "*the name is not valid Unicode*");

    private static void RefusesEverywhere(string name, string message)
    {
        foreach (var use in new Func<ShmSegment>[]
        {
            () => ShmSegment.CreateExclusive(name, 1),
            () => ShmSegment.CreateExclusive(name, 1, new ShmSegmentOptions()),
            () => ShmSegment.Open(name, 1),
        })
        {
            FluentActions.Invoking(use).Should().Throw<ShmException>()
                .WithMessage(message).WithMessage("*Use 1 to 254 bytes of UTF-8 without slashes and NULs.");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void CreateOrOpen_LengthBelowOne_Throws(long byteCount)
    {
        foreach (var use in new Func<ShmSegment>[]
        {
            () => ShmSegment.CreateExclusive(byteCount),
            () => ShmSegment.CreateExclusive("perftests_empty", byteCount),
            () => ShmSegment.CreateExclusive(null, byteCount, new ShmSegmentOptions { Reserve = true }),
        })
        {
            FluentActions.Invoking(use).Should().Throw<ArgumentOutOfRangeException>()
                .WithMessage($"byteCount ('{byteCount}') must be a non-negative and non-zero value*");
        }

        FluentActions.Invoking(() => ShmSegment.Open("perftests_empty", byteCount))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("minimumByteCount");
    }

    // Only sparse segments are tested, because reserving so many bytes would first take all memory of the machine.
    [Theory]
    [InlineData(long.MaxValue, "*failed: E*")]
    [InlineData(1L << 50, "mmap(*) failed: ENOMEM (12)*raise vm.max_map_count, the address-space limit*")]
    public void Create_LengthBeyondAddressSpace_ThrowsAndLeavesNoFile(long byteCount, string message)
    {
        var name = SegmentName.Generate();
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(name, byteCount)).Should().Throw<ShmException>().WithMessage(message);
        File.Exists("/dev/shm/" + name).Should().BeFalse();
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 101)]
    [InlineData(100, 1)]
    [InlineData(long.MaxValue, 1)]
    public void AsSpan_RangeBeyondSegment_Throws(long offset, int byteCount)
    {
        using var segment = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => segment.AsSpan(offset, byteCount).Length).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Address_AfterDispose_Throws()
    {
        var segment = ShmSegment.CreateExclusive(100);
        segment.Dispose();
        segment.Dispose();
        FluentActions.Invoking(() => segment.Address).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Create_GeneratedName_AllocatesOneManagedObject()
    {
        // The first call of each kind allocates objects that later calls reuse.
        ShmSegment.CreateExclusive(4096).Dispose();
        RuntimeHelpers.GetUninitializedObject(typeof(ShmSegment));
        var start = GC.GetAllocatedBytesForCurrentThread();
        var alike = RuntimeHelpers.GetUninitializedObject(typeof(ShmSegment));
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var segment = ShmSegment.CreateExclusive(4096);
        var after = GC.GetAllocatedBytesForCurrentThread();
        (after - before).Should().Be(before - start).And.BeGreaterThan(0);
        GC.KeepAlive(alike);
    }
}
