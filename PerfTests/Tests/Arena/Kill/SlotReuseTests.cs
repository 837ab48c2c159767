using FluentAssertions;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Tests.Arena.Kill.Driving;
using PerfTests.Tests.Arena.Kill.Sharing;
using PerfTests.Tests.Arena.Kill.Workers;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

[Category("Kill")]
public sealed class SlotReuseTests
{
    private const uint SlotMask = 1023;
    private const int MostHeldAtFirst = 4;

    [Fact]
    public void What_a_dead_process_held_is_not_taken_for_that_of_the_one_in_its_slot()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        using var session = new KillSession(LibraryCopy.OwnFolder, seed: 5);
        Crew crew = session.Crew;
        for (int round = 0; round < 20; round++)
        {
            crew.Tell(1, WorkerCommand.Work);
            crew.Await(() => session.HeldBy(1) > MostHeldAtFirst, "allocate", 1);
            uint former = session.MemberOf(1);
            crew.Signal(1, Processes.Kill);
            crew.AwaitFate(1, Crew.HangTimeout).Should().NotBeNull();
            crew.Lose(1);
            crew.Start(1);
            crew.AwaitJoined(1);
            (session.MemberOf(1) & SlotMask).Should().Be(former & SlotMask, "the first free slot is the dead one's");
            session.MemberOf(1).Should().NotBe(former);

            // Nobody was asked to recover: to attach was enough.
            crew.Tell(ControlMemory.Auditor, WorkerCommand.AuditStrictly);
        }

        // What it handed over it did not take with it.
        crew.TellAll(crew.Survivors, WorkerCommand.Drain);
        crew.Tell(ControlMemory.Auditor, WorkerCommand.ReclaimOffered);
        crew.Tell(ControlMemory.Auditor, WorkerCommand.IsEmpty).Should().BeTrue();
    }
}
