using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Shm.Core.Native;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests binding segments and arenas to a NUMA node.</summary>
[Category("Core")]
public sealed class NumaTests
{
    private const long CapacityBytes = 4L << 20;

    /// <summary>Number of a node that no machine has.</summary>
    private const int NoNode = MemoryPolicy.MaxNodeCount - 1;

    public NumaTests() => Requires.SharedMemory(4 * CapacityBytes);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_Node0_BindsTheFileInEveryMapping(bool reserve)
    {
        using var segment = CreateOrSkip(new ShmSegmentOptions { NumaNode = 0, Reserve = reserve, Prefault = true });
        Policy(segment.Address).Should().StartWith("bind:0 file=/dev/shm/").And.MatchRegex("N0=[1-9]");
        using var peer = ShmSegment.Open(segment.Name, CapacityBytes);
        Policy(peer.Address).Should().StartWith("bind:0 ");
    }

    [Fact]
    public void Create_ArenaOnNode0_BindsTheFileInEveryMapping()
    {
        CreateOrSkip(new ShmSegmentOptions { NumaNode = 0 }).Dispose();
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, NumaNode = 0 });
        using var peer = ShmArena.Attach(arena.Name);
        foreach (var one in new[] { arena, peer })
        {
            Policy(one.BaseAddress - (nint)new ArenaLayout(CapacityBytes).Data).Should().StartWith("bind:0 ");
        }
    }

    [Fact]
    public void Create_NodeThatDoesNotExist_ThrowsNamingTheUsableNodesAndLeavesNoFile()
    {
        CreateOrSkip(new ShmSegmentOptions { NumaNode = 0 }).Dispose();
        var name = $"perftests_numa_{Environment.ProcessId}";
        Action[] attempts =
        [
            () => ShmSegment.CreateExclusive(name, CapacityBytes, new ShmSegmentOptions { NumaNode = NoNode }),
            () => ShmArena.Create(new ShmArenaOptions { Name = name, CapacityBytes = CapacityBytes, NumaNode = NoNode }),
        ];
        attempts.Should().AllSatisfy(attempt => attempt.Should().Throw<ShmException>()
            .WithMessage($"mbind({name}) failed: EINVAL*Choose a NUMA node that has memory and that this process may use (0*): "
                + $"node {NoNode} is none of them."));
        File.Exists("/dev/shm/" + name).Should().BeFalse();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(MemoryPolicy.MaxNodeCount)]
    public void NumaNode_OutOfRange_Throws(int node)
    {
        Action[] attempts =
        [
            () => ShmSegment.CreateExclusive(null, CapacityBytes, new ShmSegmentOptions { NumaNode = node }),
            () => ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, NumaNode = node }),
        ];
        attempts.Should().AllSatisfy(attempt => attempt.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("NumaNode must be 0 to 1023, or null to let the kernel choose.*"));
    }

    [Theory]
    [InlineData(Errno.NoSystemCall, "Leave NumaNode unset: this kernel does not support NUMA.")]
    [InlineData(Errno.PermissionDenied, "Leave NumaNode unset, or permit the call mbind in the sandbox (in Docker: --cap-add SYS_NICE).")]
    public void Create_KernelRefusesTheCall_RemedyNamesTheReason(int errno, string remedy) =>
        NumaBinding.RemedyFor(errno, 0).Should().Be(remedy);

    private static ShmSegment CreateOrSkip(ShmSegmentOptions options)
    {
        try
        {
            return ShmSegment.CreateExclusive(null, CapacityBytes, options);
        }
        catch (ShmException e) when (e.ErrnoName is "ENOSYS" or "EPERM")
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    /// <summary>Returns the line of <c>/proc/self/numa_maps</c> for a mapping, without its address.</summary>
    private static string Policy(nint address) =>
        File.ReadLines("/proc/self/numa_maps").Single(line => line.StartsWith($"{address:x} ", StringComparison.Ordinal)).Split(' ', 2)[1];
}
