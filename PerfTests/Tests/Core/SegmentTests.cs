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
    public void A_segment_is_visible_to_its_peer_and_gone_with_its_owner()
    {
        string name;
        using (ShmSegment owner = ShmSegment.CreateExclusive(10_000))
        using (ShmSegment peer = ShmSegment.Open(name = owner.Name, 10_000))
        {
            SegmentName.TryParseOwner(name, out SegmentOwner maker).Should().BeTrue();
            maker.Should().Be(SegmentOwner.Current);
            name.Length.Should().BeLessThan(40, "the kernel allocates memory for a longer one");
            owner.AsSpan(9_999, 1)[0] = 77;
            peer.AsSpan(9_999, 1)[0].Should().Be(77);
            peer.Dispose();
            File.Exists("/dev/shm/" + name).Should().BeTrue("only the owner removes the name");
        }

        File.Exists("/dev/shm/" + name).Should().BeFalse();
    }

    [Fact]
    public void A_given_name_that_is_taken_is_an_error()
    {
        using ShmSegment owner = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(owner.Name, 100))
            .Should().Throw<ShmException>().WithMessage($"shm_open({owner.Name}) failed: EEXIST (17)*Choose another name, or remove the object if its owner is dead.");
    }

    [Fact]
    public void An_object_shorter_than_announced_is_refused()
    {
        using ShmSegment owner = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => ShmSegment.Open(owner.Name, 101))
            .Should().Throw<ShmException>().WithMessage("*has 100 bytes, fewer than the 101 announced*");
    }

    [Theory]
    [InlineData("", "name() failed: the name is empty*")]
    [InlineData("a/b", "name(a/b) failed: the name holds a slash*")]
    [InlineData("..", "name(..) failed: the name is a directory's*")]
    [InlineData("a\0b", "name(a\\0b) failed: the name holds a NUL*")]
    public void Names_that_are_no_file_names_are_refused(string name, string message) => RefusesEverywhere(name, message);

    [Fact]
    public void A_name_of_300_characters_is_refused() => RefusesEverywhere(new string('n', 300), "*the name is longer than 254 bytes*");

    [Fact]
    public void Half_a_character_is_refused() => RefusesEverywhere("a" + (char)0xD800, "*the name is no valid Unicode*");

    private static void RefusesEverywhere(string name, string message)
    {
        foreach (Func<ShmSegment> use in new Func<ShmSegment>[]
        {
            () => ShmSegment.CreateExclusive(name, 1),
            () => ShmSegment.CreateExclusive(name, 1, new ShmSegmentOptions()),
            () => ShmSegment.Open(name, 1),
        })
        {
            FluentActions.Invoking(use).Should().Throw<ShmException>().WithMessage(message).WithMessage("*Use 1 to 254 bytes of UTF-8 without slash and NUL.");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Lengths_below_one_are_refused(long byteCount)
    {
        foreach (Func<ShmSegment> use in new Func<ShmSegment>[]
        {
            () => ShmSegment.CreateExclusive(byteCount),
            () => ShmSegment.CreateExclusive("perftests_empty", byteCount),
            () => ShmSegment.CreateExclusive(null, byteCount, new ShmSegmentOptions { Reserve = true }),
        })
        {
            FluentActions.Invoking(use).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"byteCount ('{byteCount}') must be a non-negative and non-zero value*");
        }

        FluentActions.Invoking(() => ShmSegment.Open("perftests_empty", byteCount)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("minimumByteCount");
    }

    /// <summary>Sparse: reserving so much would take the machine's memory first; that is tried on a small file system.</summary>
    [Theory]
    [InlineData(long.MaxValue, "*failed: E*")]
    [InlineData(1L << 50, "mmap(*) failed: ENOMEM (12)*raise vm.max_map_count, the limit of address space*")]
    public void A_length_beyond_the_file_system_or_the_address_space_is_an_error_that_leaves_nothing_behind(long byteCount, string message)
    {
        string name = SegmentName.Generate();
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(name, byteCount)).Should().Throw<ShmException>().WithMessage(message);
        File.Exists("/dev/shm/" + name).Should().BeFalse();
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 101)]
    [InlineData(100, 1)]
    [InlineData(long.MaxValue, 1)]
    public void Views_stay_within_the_segment(long offset, int byteCount)
    {
        using ShmSegment segment = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => segment.AsSpan(offset, byteCount).Length).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_disposed_segment_has_no_address()
    {
        ShmSegment segment = ShmSegment.CreateExclusive(100);
        segment.Dispose();
        segment.Dispose();
        FluentActions.Invoking(() => segment.Address).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Creating_allocates_the_segment_object_and_nothing_beside()
    {
        // The first of each makes what stays for the rest.
        ShmSegment.CreateExclusive(4096).Dispose();
        RuntimeHelpers.GetUninitializedObject(typeof(ShmSegment));
        long start = GC.GetAllocatedBytesForCurrentThread();
        object alike = RuntimeHelpers.GetUninitializedObject(typeof(ShmSegment));
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ShmSegment segment = ShmSegment.CreateExclusive(4096);
        long after = GC.GetAllocatedBytesForCurrentThread();
        (after - before).Should().Be(before - start).And.BeGreaterThan(0);
        GC.KeepAlive(alike);
    }
}
