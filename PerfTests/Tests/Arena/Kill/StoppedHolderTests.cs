using FluentAssertions;
using PerfTests.Tests.Arena.Kill.Driving;
using PerfTests.Tests.Arena.Kill.Injection;
using PerfTests.Tests.Arena.Kill.Sharing;
using PerfTests.Tests.Arena.Kill.Workers;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

[Category("Kill")]
[Collection(nameof(SharedBuild))]
public sealed class StoppedHolderTests(InstrumentedLibraries libraries)
{
    [Fact]
    public void Whoever_waits_too_long_for_a_stopped_holder_of_the_supply_lock_is_told_so()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        using var session = new KillSession(libraries.Folder, seed: 3, patience: TimeSpan.FromSeconds(1));
        session.Control.Arm(1, KillPoints.Named("make: pages taken").Number, hit: 1, Processes.Stop);
        session.Crew.Send(1, WorkerCommand.Work);
        session.Crew.AwaitFate(1, Crew.HangTimeout).Should().Be(Processes.Fate.Stopped);
        FluentActions.Invoking(() => session.Crew.Tell(2, WorkerCommand.TakeWhole))
            .Should().Throw<KillTestException>().WithMessage("*worker 2*ShmException*lock*has held the supply lock for 1 s*It is stopped or being debugged*");
    }

    [Fact]
    public void Whoever_waits_for_a_stopped_holder_of_the_supply_lock_goes_on_when_it_does()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        using var session = new KillSession(libraries.Folder, seed: 4);
        session.Control.Arm(1, KillPoints.Named("release: state cleared").Number, hit: 1, Processes.Stop);
        session.Crew.Send(1, WorkerCommand.Work);
        session.Crew.AwaitFate(1, Crew.HangTimeout).Should().Be(Processes.Fate.Stopped);
        int asked = session.Crew.Send(2, WorkerCommand.TakeWhole);
        Thread.Sleep(300);
        session.DoneBy(2).Should().NotBe(asked, "the supply is not to be had");
        session.Crew.Signal(1, Processes.Continue);
        session.Crew.AwaitDone(2, asked, WorkerCommand.TakeWhole);
        session.Run(new KillRound());
    }
}
