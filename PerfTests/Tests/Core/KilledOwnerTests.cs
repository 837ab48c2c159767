using System.Diagnostics;
using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

[Trait("Category", "Core")]
public sealed class KilledOwnerTests
{
    [Fact]
    public unsafe void A_peer_goes_on_copying_when_the_owner_is_killed_and_what_it_left_is_removed()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledOwnerTests).Assembly.Location);
        }

        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(KilledOwnerTests).Assembly.Location;
        start.Environment[StartupHook.EndingVariable] = "wait";
        using Process owner = Process.Start(start)!;
        string line;
        do
        {
            line = owner.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The owner ended early: " + owner.StandardError.ReadToEnd());
        }
        while (!line.StartsWith("ready ", StringComparison.Ordinal));

        using var peer = new PeerSegments();
        SegmentDescriptor descriptor = SegmentDescriptor.Read(Convert.FromBase64String(line["ready ".Length..]), out _);
        peer.Announce(descriptor);
        peer.TryResolve(descriptor.Address, descriptor.ByteCount, out nint shared).Should().BeTrue();
        var sent = new byte[descriptor.ByteCount];
        var back = new byte[descriptor.ByteCount];
        for (int round = 0; round < 20_000; round++)
        {
            if (round == 10_000)
            {
                owner.Kill();
            }

            Array.Fill(sent, (byte)round);
            fixed (byte* from = sent, to = back)
            {
                ShmTransfer.Copy(from, (void*)shared, sent.Length);
                ShmTransfer.Copy((void*)shared, to, back.Length);
            }

            back.AsSpan().SequenceEqual(sent).Should().BeTrue();
        }

        owner.WaitForExit();
        StaleSegments.Remove().Should().Contain(segment => segment.Name == descriptor.Name && segment.OwnerProcessId == owner.Id);
        Directory.GetFiles("/dev/shm", $"mooncake_{owner.Id}_*").Should().BeEmpty();
    }
}
