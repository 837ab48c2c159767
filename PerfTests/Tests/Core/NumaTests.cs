using System.Globalization;
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

    private const string AllowedNodes = "Mems_allowed_list:";

    /// <summary>First node that this process may use. A cpuset may exclude node 0.</summary>
    private static readonly int s_node = int.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(AllowedNodes, StringComparison.Ordinal))[AllowedNodes.Length..]
            .Trim().Split('-', ',')[0],
        CultureInfo.InvariantCulture);

    public NumaTests() => Requires.SharedMemory(4 * CapacityBytes);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_UsableNode_BindsTheFileInEveryMapping(bool reserve)
    {
        using var segment = CreateOrSkip(new ShmSegmentOptions { NumaNode = s_node, Reserve = reserve, Prefault = true });
        Policy(segment.Address).Should().StartWith($"bind:{s_node} file=/dev/shm/").And.MatchRegex($"N{s_node}=[1-9]");
        using var peer = ShmSegment.Open(segment.Name, CapacityBytes);
        Policy(peer.Address).Should().StartWith($"bind:{s_node} ");
    }

    [Fact]
    public void Create_ArenaOnUsableNode_BindsTheFileInEveryMapping()
    {
        CreateOrSkip(new ShmSegmentOptions { NumaNode = s_node }).Dispose();
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, NumaNode = s_node });
        using var peer = ShmArena.Attach(arena.Name);
        foreach (var one in new[] { arena, peer })
        {
            Policy(one.BaseAddress - (nint)new ArenaLayout(CapacityBytes).Data).Should().StartWith($"bind:{s_node} ");
        }
    }

    [Fact]
    public void Create_NodeThatDoesNotExist_ThrowsNamingTheUsableNodesAndLeavesNoFile()
    {
        CreateOrSkip(new ShmSegmentOptions { NumaNode = s_node }).Dispose();
        var name = $"perftests_numa_{Environment.ProcessId}";
        Action[] attempts =
        [
            () => ShmSegment.CreateExclusive(name, CapacityBytes, new ShmSegmentOptions { NumaNode = NoNode }),
            () => ShmArena.Create(new ShmArenaOptions { Name = name, CapacityBytes = CapacityBytes, NumaNode = NoNode }),
        ];
        attempts.Should().AllSatisfy(attempt => attempt.Should().Throw<ShmException>()
            .WithMessage($"mbind({name}) failed: EINVAL*Choose a NUMA node that has memory and that this process may use ({s_node}*): "
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
