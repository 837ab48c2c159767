using System.Diagnostics;
using FluentAssertions;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>
/// Tests that child processes are ended before rows are measured. Rows run after these tests, so no process of a row is ended
/// here.
/// </summary>
[Category("Running")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class QuietStartTests
{
    [Fact]
    public void EndChildren_ChildAndGrandchildRun_EndsBoth()
    {
        using var child = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 60 & echo $!; wait"]) { RedirectStandardOutput = true })!;
        using var grandchild = Process.GetProcessById(int.Parse(child.StandardOutput.ReadLine()!));
        QuietStart.EndChildren().Should().Contain($"sh (process {child.Id})");
        child.WaitForExit(TimeSpan.FromSeconds(10)).Should().BeTrue();
        grandchild.WaitForExit(TimeSpan.FromSeconds(10)).Should().BeTrue();
    }
}
