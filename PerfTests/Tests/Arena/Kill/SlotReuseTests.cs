using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Sharing;
using PerfTests.KillTest.Workers;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Tests a process that attaches to an arena and gets the process slot of a killed process.</summary>
[Category("Kill")]
public sealed class SlotReuseTests
{
    private const uint SlotMask = 1023;
    private const int MinHeldBlocks = 4;

    [Fact]
    public void Attach_IntoSlotOfKilledProcess_ReclaimsBlocksOfThatProcess()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        using var session = new KillSession(TestExecutable.Folder, seed: 5);
        var workers = session.Workers;
        for (var round = 0; round < 20; round++)
        {
            workers.Execute(1, WorkerCommand.Work);
            workers.Await(() => session.HeldBy(1) > MinHeldBlocks, "allocate", 1);
            var former = session.MemberOf(1);
            workers.Signal(1, ProcessControl.Kill);
            workers.AwaitExitOrStop(1, WorkerProcesses.HangTimeout).Should().NotBeNull();
            workers.MarkExited(1);
            workers.Start(1);
            workers.AwaitJoined(1);
            (session.MemberOf(1) & SlotMask).Should().Be(former & SlotMask, "the slot of the killed process is the first free one");
            session.MemberOf(1).Should().NotBe(former);

            // Attaching runs the recovery; no worker was asked to run it.
            workers.Execute(ControlMemory.Auditor, WorkerCommand.AuditStrictly);
        }

        // Draining also frees the blocks that killed workers sent or offered.
        workers.ExecuteAll(workers.Survivors, WorkerCommand.Drain);
        workers.Execute(ControlMemory.Auditor, WorkerCommand.ReclaimOffered);
        workers.Execute(ControlMemory.Auditor, WorkerCommand.IsEmpty).Should().BeTrue();
    }
}
