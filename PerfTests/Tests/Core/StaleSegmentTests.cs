using System.Diagnostics;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Trait("Category", "Core")]
public sealed class StaleSegmentTests
{
    [Fact]
    public void Only_segments_of_dead_processes_are_removed()
    {
        using Process dead = Process.Start("true");
        dead.WaitForExit();
        string stale = $"mooncake_{dead.Id}_0123456789abcdef";
        string odd = $"mooncake_{dead.Id}_notours";
        File.WriteAllBytes("/dev/shm/" + stale, new byte[5]);
        File.WriteAllBytes("/dev/shm/" + odd, []);
        using ShmSegment live = ShmSegment.CreateExclusive(100);
        try
        {
            StaleSegments.List().Should().ContainSingle(segment => segment.Name == stale)
                .Which.Should().Match<StaleSegment>(segment => segment.ByteCount == 5 && segment.OwnerProcessId == dead.Id);
            StaleSegments.Remove().Should().Contain(segment => segment.Name == stale)
                .And.NotContain(segment => segment.Name == live.Name || segment.Name == odd);
            File.Exists("/dev/shm/" + stale).Should().BeFalse();
            File.Exists("/dev/shm/" + live.Name).Should().BeTrue();
            File.Exists("/dev/shm/" + odd).Should().BeTrue();
        }
        finally
        {
            File.Delete("/dev/shm/" + stale);
            File.Delete("/dev/shm/" + odd);
        }
    }

    [Theory]
    [InlineData("mooncake_12_0123456789abcdef", 12)]
    [InlineData("mooncake_12_0123456789abcde", 0)]
    [InlineData("mooncake_12_0123456789abcdeg", 0)]
    [InlineData("mooncake_-12_0123456789abcdef", 0)]
    [InlineData("mooncake__0123456789abcdef", 0)]
    [InlineData("mooncake_0_0123456789abcdef", 0)]
    [InlineData("other_12_0123456789abcdef", 0)]
    public void The_owner_is_read_from_our_names_alone(string name, int owner)
    {
        SegmentName.TryParseOwner(name, out int processId).Should().Be(owner > 0);
        if (owner > 0)
        {
            processId.Should().Be(owner);
        }
    }
}
