using System.Diagnostics;
using FluentAssertions;
using PerfTests.Machine;
using PerfTests.SelfTest;
using Xunit;

namespace PerfTests.Tests.Machine;

[Category("Machine")]
public sealed class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Max open files            20000                1048576              files", 20_000)]
    [InlineData("Max open files            unlimited            unlimited            files", long.MaxValue)]
    public void The_limit_of_open_files_is_the_soft_one(string line, long files) =>
        OpenFiles.Parse(["Limit                     Soft Limit           Hard Limit           Units", "Max processes             1000                 1000                 processes", line]).Should().Be(files);

    [Fact]
    public void ANameMayHoldParenthesesAndSpaces()
    {
        // The kernel names a process after its file, 15 characters of it; a shell is a program that can be copied.
        var program = Path.Combine(_folder, "a) (b 1 2)");
        File.Copy("/bin/sleep", program);
        using var process = Process.Start(program, "20");
        try
        {
            // Between fork and exec the child still has our name.
            SpinWait.SpinUntil(() => ProcessSnapshot.TryRead(process.Id, out var early) && early.Name == "a) (b 1 2)", TimeSpan.FromSeconds(10)).Should().BeTrue();
            ProcessSnapshot.TryRead(process.Id, out var status).Should().BeTrue();
            status!.ParentId.Should().Be(Environment.ProcessId);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Fact]
    public void AProcessThatHasEndedIsNone()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        ProcessSnapshot.TryRead(process.Id, out _).Should().BeFalse();
    }

    [Fact]
    public void ThisProcessAndItsParentAreKnown()
    {
        ProcessSnapshot.TryRead(Environment.ProcessId, out var own).Should().BeTrue();
        var ids = ProcessSnapshot.SelfAndAncestors();
        ids.Should().Contain(Environment.ProcessId);
        if (own!.ParentId > 1)
        {
            ids.Should().Contain(own.ParentId);
        }

        own.CpuTime.Should().BeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void ANeighbourThatSpinsIsSeen()
    {
        using var neighbour = new SpinningProcess();
        IReadOnlyList<BusyProcess> busy = [];
        SpinWait.SpinUntil(() => IsSeen(busy = BusyProcesses.Find()), TimeSpan.FromSeconds(20));
        busy.Should().Contain(process => IsChildOfOurs(process.Id), "it computes without a pause");
        busy.Should().NotContain(process => process.Id == Environment.ProcessId);
        busy.Should().BeInDescendingOrder(process => process.CpuPercent);
    }

    [Fact]
    public void AProcessThatWaitsIsNot()
    {
        using var process = Process.Start("sleep", "20");
        try
        {
            BusyProcesses.Find().Should().NotContain(busy => busy.Id == process.Id);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static bool IsSeen(IReadOnlyList<BusyProcess> busy) => busy.Any(process => IsChildOfOurs(process.Id));

    private static bool IsChildOfOurs(int id) => ProcessSnapshot.TryRead(id, out var status) && status.ParentId == Environment.ProcessId;
}
