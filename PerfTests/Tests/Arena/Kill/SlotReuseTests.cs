using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Sharing;
using PerfTests.KillTest.Workers;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

[Category("Kill")]
public sealed class SlotReuseTests
{
    private const uint SlotMask = 1023;
    private const int MinHeldBlocks = 4;

    [Fact]
    public void Attach_SlotOfKilledProcess_ReclaimsItsBlocks()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        using var session = new KillSession(TestExecutable.Folder, seed: 5);
        WorkerProcesses workers = session.Workers;
        for (int round = 0; round < 20; round++)
        {
            workers.Execute(1, WorkerCommand.Work);
            workers.Await(() => session.HeldBy(1) > MinHeldBlocks, "allocate", 1);
            uint former = session.MemberOf(1);
            workers.Signal(1, ProcessControl.Kill);
            workers.AwaitExitOrStop(1, WorkerProcesses.HangTimeout).Should().NotBeNull();
            workers.MarkExited(1);
            workers.Start(1);
            workers.AwaitJoined(1);
            (session.MemberOf(1) & SlotMask).Should().Be(former & SlotMask, "the first free slot is that of the killed process");
            session.MemberOf(1).Should().NotBe(former);

            // Attaching recovers: no worker was told to.
            workers.Execute(ControlMemory.Auditor, WorkerCommand.AuditStrictly);
        }

        // Blocks that killed workers sent or offered are freed too.
        workers.ExecuteAll(workers.Survivors, WorkerCommand.Drain);
        workers.Execute(ControlMemory.Auditor, WorkerCommand.ReclaimOffered);
        workers.Execute(ControlMemory.Auditor, WorkerCommand.IsEmpty).Should().BeTrue();
    }
}
