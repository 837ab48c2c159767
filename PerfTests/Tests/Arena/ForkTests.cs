using System.Diagnostics;
using System.Globalization;
using FluentAssertions;
using PerfTests.ArenaChecks;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Workers;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>
/// Tests recovery from a process that detaches or is killed while a process that was forked from it keeps its descriptors.
/// </summary>
[Category("Arena")]
public sealed unsafe class ForkTests : IDisposable
{
    private const int BlockBytes = 3 << 20;

    private readonly ShmArena _arena = SparseArena.Create(4 << 20);
    private readonly Process _parent;
    private readonly int _forked;
    private readonly uint _token;

    public ForkTests()
    {
        var start = TestExecutable.StartInfo(
            ArenaChild.Verb, ForkChild.Task, _arena.Name, BlockBytes.ToString(CultureInfo.InvariantCulture));
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        _parent = Process.Start(start)!;
        var words = _parent.StandardOutput.ReadLine()!.Split(' ');
        _forked = int.Parse(words[0], CultureInfo.InvariantCulture);
        _token = uint.Parse(words[1], CultureInfo.InvariantCulture);
        _forked.Should().BePositive();
    }

    public void Dispose()
    {
        ProcessControl.Signal(_forked, ProcessControl.Kill);
        Kill();
        _parent.Dispose();
        _arena.Dispose();
    }

    [Fact]
    public void Recover_ForkedProcessKeepsLockOfKilledProcess_FreesBlocks()
    {
        _arena.Recover().ReclaimedBlockCount.Should().Be(0, "the process that forked still runs");
        Kill();
        _arena.Recover().ReclaimedBlockCount.Should().Be(1);
        _arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Recover_ForkedProcessKeepsDescriptorOfDetachedProcess_FreesBlocks()
    {
        _parent.StandardInput.WriteLine();
        _parent.StandardOutput.ReadLine();
        _arena.Recover().ReclaimedBlockCount.Should().Be(1);
        _parent.HasExited.Should().BeFalse("the identity of an exited process would have caused the recovery");
    }

    [Fact]
    public void Allocate_ForkedProcessKeepsLockOfKilledProcess_RecoversBlocks()
    {
        Kill();
        _arena.TryAllocate(_arena.CapacityBytes, out _).Should().BeTrue();
    }

    [Fact]
    public void SupplyLock_ForkedProcessKeepsLockOfKilledHolder_IsTakenOver()
    {
        MappedMemory.Of(_arena).Header->SupplyLock = _token;
        Kill();
        _arena.TryAllocate(100, out _).Should().BeTrue();
    }

    private void Kill()
    {
        _parent.Kill();
        _parent.WaitForExit();
    }
}
