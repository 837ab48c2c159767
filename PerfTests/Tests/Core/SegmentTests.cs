using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Trait("Category", "Core")]
public sealed class SegmentTests
{
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
    public void A_missing_object_names_operation_object_error_and_remedy()
    {
        ShmException failure = FluentActions.Invoking(() => ShmSegment.Open("mooncake_none", 1))
            .Should().Throw<ShmException>().Which;
        (failure.Operation, failure.ObjectName, failure.ErrnoName, failure.ErrnoNumber)
            .Should().Be(("shm_open", "mooncake_none", "ENOENT", 2));
        failure.Message.Should().Contain("shm_open(mooncake_none)").And.Contain("ENOENT (2)").And.Contain(failure.Remedy);
    }

    [Fact]
    public void A_given_name_that_is_taken_is_an_error()
    {
        using ShmSegment owner = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(owner.Name, 100))
            .Should().Throw<ShmException>().Which.ErrnoName.Should().Be("EEXIST");
    }

    [Fact]
    public void An_object_shorter_than_announced_is_refused()
    {
        using ShmSegment owner = ShmSegment.CreateExclusive(100);
        FluentActions.Invoking(() => ShmSegment.Open(owner.Name, 101))
            .Should().Throw<ShmException>().WithMessage("*has 100 bytes, fewer than the 101 announced*");
    }

    [Fact]
    public void A_symbolic_link_is_not_followed()
    {
        string name = SegmentName.Generate();
        File.CreateSymbolicLink("/dev/shm/" + name, "/etc/hostname");
        try
        {
            FluentActions.Invoking(() => ShmSegment.Open(name, 1))
                .Should().Throw<ShmException>().Which.ErrnoName.Should().Be("ELOOP");
        }
        finally
        {
            File.Delete("/dev/shm/" + name);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\0b")]
    public void Names_that_are_no_file_names_are_refused(string name) =>
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(name, 1)).Should().Throw<ShmException>().WithMessage("name(*");

    [Fact]
    public void A_name_of_300_characters_is_refused() =>
        FluentActions.Invoking(() => ShmSegment.Open(new string('n', 300), 1))
            .Should().Throw<ShmException>().WithMessage("*longer than 254 bytes*");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Lengths_below_one_are_refused(long byteCount) =>
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(byteCount)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void A_length_beyond_the_file_system_is_an_error_that_leaves_nothing_behind()
    {
        string name = SegmentName.Generate();
        FluentActions.Invoking(() => ShmSegment.CreateExclusive(name, long.MaxValue))
            .Should().Throw<ShmException>().Which.ErrnoNumber.Should().NotBe(0);
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
}
