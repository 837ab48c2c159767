using FluentAssertions;
using PerfTests.KillTest;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Instrumented;
using PerfTests.KillTest.Sharing;
using PerfTests.KillTest.Workers;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Tests a process that waits for the supply lock while a stopped process holds the lock.</summary>
[Category("Kill")]
[Collection(nameof(SharedBuild))]
public sealed class StoppedHolderTests(InstrumentedLibraries libraries)
{
    [Fact]
    public void SupplyLock_HeldByStoppedProcess_WaiterTimesOut()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        using var session = new KillSession(libraries.Folder, seed: 3, patience: TimeSpan.FromSeconds(1));
        session.Control.Arm(1, CrashWindow.CreateSlabPagesTaken, hit: 1, ProcessControl.Stop);
        session.Workers.Send(1, WorkerCommand.Work);
        session.Workers.AwaitExitOrStop(1, WorkerProcesses.HangTimeout).Should().Be(ChildState.Stopped);
        FluentActions.Invoking(() => session.Workers.Execute(2, WorkerCommand.AllocateWholeArena))
            .Should().Throw<KillTestException>()
            .WithMessage("*worker 2*ShmException*lock*has held the supply lock for 1 s*It is stopped or being debugged*");
    }

    [Fact]
    public void SupplyLock_WaiterItselfStopped_DoesNotCountThatTime()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        using var session = new KillSession(libraries.Folder, seed: 5, patience: TimeSpan.FromSeconds(2));
        session.Control.Arm(1, CrashWindow.CreateSlabPagesTaken, hit: 1, ProcessControl.Stop);
        session.Workers.Send(1, WorkerCommand.Work);
        session.Workers.AwaitExitOrStop(1, WorkerProcesses.HangTimeout).Should().Be(ChildState.Stopped);
        var command = session.Workers.Send(2, WorkerCommand.AllocateWholeArena);
        Thread.Sleep(300);
        session.Workers.Signal(2, ProcessControl.Stop);
        Thread.Sleep(3_000);
        session.Workers.Signal(2, ProcessControl.Continue);
        Thread.Sleep(300);
        session.DoneBy(2).Should().NotBe(command, "the waiter waits on");
        session.Workers.Signal(1, ProcessControl.Continue);
        session.Workers.AwaitDone(2, command, WorkerCommand.AllocateWholeArena);
    }

    [Fact]
    public void SupplyLock_StoppedProcessContinues_WaiterGetsLock()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        using var session = new KillSession(libraries.Folder, seed: 4);
        session.Control.Arm(1, CrashWindow.ReleaseStateCleared, hit: 1, ProcessControl.Stop);
        session.Workers.Send(1, WorkerCommand.Work);
        session.Workers.AwaitExitOrStop(1, WorkerProcesses.HangTimeout).Should().Be(ChildState.Stopped);
        var command = session.Workers.Send(2, WorkerCommand.AllocateWholeArena);
        Thread.Sleep(300);
        session.DoneBy(2).Should().NotBe(command, "the stopped worker holds the supply lock");
        session.Workers.Signal(1, ProcessControl.Continue);
        session.Workers.AwaitDone(2, command, WorkerCommand.AllocateWholeArena);
        session.Run(new KillRound());
    }
}
