using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>A child that holds and churns segments ends in each of the ways a process can, and leaves none.</summary>
[Category("Core")]
public sealed class ExitCleanupTests
{
    [Theory]
    [InlineData("return", 0)]
    [InlineData("throw", 134)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_process_leaves_no_segment_however_it_ends(string ending, int exitCode)
    {
        Assert.SkipWhen(ending == "INT" && IgnoredSignals.Holds(System.Runtime.InteropServices.PosixSignal.SIGINT),
            "this process was started with Ctrl+C ignored, and a child inherits that");
        using var child = SegmentChild.Start(ending);
        child.WaitUntilReady().Should().NotBeNull();
        if (ending is "INT" or "TERM")
        {
            Thread.Sleep(50);
            child.Signal(ending);
        }

        string output = child.WaitForEnd();
        child.Names.Should().BeEmpty(output);
        child.Process.ExitCode.Should().Be(exitCode, output);
    }

    [Fact]
    public void A_signal_that_a_process_ignores_leaves_it_its_segments()
    {
        using var child = SegmentChild.Start("wait", "trap '' HUP; exec \"$0\" \"$@\"");
        string announced = child.WaitUntilReady()!;
        SegmentDescriptor held = SegmentDescriptor.Read(Convert.FromBase64String(announced), out _);
        child.Signal("HUP");
        Thread.Sleep(300);
        child.Process.HasExited.Should().BeFalse();
        File.Exists("/dev/shm/" + held.Name).Should().BeTrue("nohup must not cost a process its segments");
        child.Signal("TERM");
        child.WaitForEnd();
        child.Names.Should().BeEmpty("a signal that is not ignored still removes them");
    }
}
