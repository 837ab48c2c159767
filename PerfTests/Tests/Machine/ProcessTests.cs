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
    public void OpenFiles_SoftAndHardLimit_ReturnsTheSoftLimit(string line, long files) =>
        OpenFiles.Parse(
        [
            "Limit                     Soft Limit           Hard Limit           Units",
            "Max processes             1000                 1000                 processes",
            line,
        ]).Should().Be(files);

    [Fact]
    public void TryRead_NameWithParenthesesAndSpaces_ReadsNameAndParent()
    {
        // The kernel names a process after the first 15 characters of its file name, so a copied program can have any name.
        var program = Path.Combine(_folder, "a) (b 1 2)");
        File.Copy("/bin/sleep", program);
        using var process = Process.Start(program, "20");
        try
        {
            // Between fork and exec the child process still has the name of this process.
            SpinWait.SpinUntil(
                () => ProcessSnapshot.TryRead(process.Id, out var early) && early.Name == "a) (b 1 2)", TimeSpan.FromSeconds(10))
                .Should().BeTrue();
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
    public void TryRead_ExitedProcess_ReturnsFalse()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        ProcessSnapshot.TryRead(process.Id, out _).Should().BeFalse();
    }

    [Fact]
    public void SelfAndAncestors_ThisProcess_ContainsItselfAndItsParent()
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
    public void BusyProcesses_SpinningProcess_IsFound()
    {
        using var spinning = new SpinningProcess();
        IReadOnlyList<BusyProcess> busy = [];
        SpinWait.SpinUntil(() => IsSeen(busy = BusyProcesses.Find()), TimeSpan.FromSeconds(20));
        busy.Should().Contain(process => IsChildOfOurs(process.Id), "the child process keeps a CPU busy");
        busy.Should().NotContain(process => process.Id == Environment.ProcessId);
        busy.Should().BeInDescendingOrder(process => process.CpuPercent);
    }

    [Fact]
    public void BusyProcesses_SleepingProcess_IsNotFound()
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
