using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Category("Core")]
public sealed class KilledOwnerTests
{
    [Fact]
    public unsafe void Copy_OwnerKilled_MappingStaysUsableAndSegmentIsStaleAfterIt()
    {
        Requires.SharedMemory(Requires.FewPages);
        using var owner = SegmentChild.Start(SegmentChildTask.Hold);
        var announced = owner.WaitUntilReady();
        announced.Should().NotBeNull();
        using var peer = new PeerSegments();
        var descriptor = SegmentDescriptor.Read(Convert.FromBase64String(announced!), out _);
        peer.Announce(descriptor);
        peer.TryResolve(descriptor.Address, descriptor.ByteCount, out var shared).Should().BeTrue();
        var sent = new byte[descriptor.ByteCount];
        var back = new byte[descriptor.ByteCount];
        for (var round = 0; round < 20_000; round++)
        {
            if (round == 10_000)
            {
                owner.Process.Kill();
            }

            Array.Fill(sent, (byte)round);
            fixed (byte* from = sent, to = back)
            {
                ShmTransfer.Copy(from, (void*)shared, sent.Length);
                ShmTransfer.Copy((void*)shared, to, back.Length);
            }

            back.AsSpan().SequenceEqual(sent).Should().BeTrue();
        }

        owner.Process.WaitForExit();
        StaleSegments.Remove().Should().NotContain(segment => segment.Name == descriptor.Name, "this process still uses it");
        peer.Dispose();
        StaleSegments.Remove().Should().Contain(segment => segment.Name == descriptor.Name && segment.OwnerProcessId == owner.Process.Id);
        SegmentChild.RemoveLeftovers($"mooncake_{owner.Process.Id}_").Should().BeTrue();
    }
}
