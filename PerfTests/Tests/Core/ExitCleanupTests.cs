using FluentAssertions;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests that a process removes its segments when it exits by itself, by an exception or by a signal.</summary>
[Category("Core")]
public sealed class ExitCleanupTests
{
    [Theory]
    [InlineData(SegmentChildTask.HoldAndReturn, null, 0)]
    [InlineData(SegmentChildTask.HoldAndThrow, null, 134)]
    [InlineData(SegmentChildTask.Hold, "INT", 130)]
    [InlineData(SegmentChildTask.Hold, "TERM", 143)]
    public void Exit_NormalOrByExceptionOrSignal_RemovesAllSegments(string task, string? signal, int exitCode)
    {
        Assert.SkipWhen(signal == "INT" && IgnoredSignals.Contains(System.Runtime.InteropServices.PosixSignal.SIGINT),
            "this process was started with SIGINT ignored, and its child processes inherit this setting");
        using var child = SegmentChild.Start(task);
        child.WaitUntilReady().Should().NotBeNull();
        if (signal is not null)
        {
            Thread.Sleep(50);
            child.Signal(signal);
        }

        var output = child.WaitForEnd();
        child.Names.Should().BeEmpty(output);
        child.Process.ExitCode.Should().Be(exitCode, output);
    }

    [Fact]
    public void Signal_ProcessIgnoresIt_KeepsSegments()
    {
        using var child = SegmentChild.Start(SegmentChildTask.Hold, "trap '' HUP; exec \"$0\" \"$@\"");
        var announced = child.WaitUntilReady()!;
        var held = SegmentDescriptor.Read(Convert.FromBase64String(announced), out _);
        child.Signal("HUP");
        Thread.Sleep(300);
        child.Process.HasExited.Should().BeFalse();
        File.Exists("/dev/shm/" + held.Name).Should().BeTrue("a process under nohup keeps its segments");
        child.Signal("TERM");
        child.WaitForEnd();
        child.Names.Should().BeEmpty("a signal that is not ignored ends the process");
    }

    [Fact]
    public void Signal_WhileSegmentIsReserved_RemovesItsName()
    {
        Requires.SharedMemory(SegmentChildTask.ReservedBytes);
        using var child = SegmentChild.Start(SegmentChildTask.Reserve);
        child.WaitUntilReady().Should().NotBeNull();
        SpinWait.SpinUntil(() => child.Names.Length > 0, TimeSpan.FromSeconds(20)).Should().BeTrue();
        child.Signal("TERM");
        var output = child.WaitForEnd();
        child.Names.Should().BeEmpty(output);
        child.Process.ExitCode.Should().Be(143, output);
    }

    [Fact]
    public void Signal_CancelledByHandlerRegisteredAfterFirstSegment_KeepsSegments()
    {
        using var child = SegmentChild.Start(SegmentChildTask.HoldAndCancel);
        child.WaitUntilReady().Should().NotBeNull();
        child.Signal("TERM");
        Thread.Sleep(300);
        child.Process.HasExited.Should().BeFalse();
        child.Names.Should().NotBeEmpty();
        child.Signal("TERM");
        child.WaitForEnd();
        child.Names.Should().BeEmpty("the second signal is not cancelled");
    }
}
