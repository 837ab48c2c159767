using FluentAssertions;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Tests.Arena.Kill.Driving;
using PerfTests.Tests.Arena.Kill.Sharing;
using PerfTests.Tests.Arena.Kill.Workers;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

[Trait("Category", "Kill")]
public sealed class SlotReuseTests
{
    private const uint SlotMask = 1023;

    [Fact]
    public void What_a_dead_process_held_is_not_taken_for_that_of_the_one_in_its_slot()
    {
        using var session = new KillSession(LibraryCopy.OwnFolder, seed: 5);
        Crew crew = session.Crew;
        for (int round = 0; round < 20; round++)
        {
            crew.Tell(1, WorkerCommand.Work);
            Thread.Sleep(5);
            uint former = session.MemberOf(1);
            crew.Signal(1, Processes.Kill);
            crew.AwaitFate(1, Crew.HangTimeout).Should().NotBeNull();
            crew.Lose(1);
            session.HeldBy(1).Should().BeGreaterThan(0, "it had time for something");
            crew.Start(1);
            crew.AwaitJoined(1);
            (session.MemberOf(1) & SlotMask).Should().Be(former & SlotMask, "the first free slot is the dead one's");
            session.MemberOf(1).Should().NotBe(former);

            // Nobody was asked to recover: to attach was enough.
            crew.Tell(ControlMemory.Auditor, WorkerCommand.AuditStrictly);
        }

        crew.Tell(ControlMemory.Auditor, WorkerCommand.ReclaimOffered);
        crew.Tell(ControlMemory.Auditor, WorkerCommand.IsEmpty).Should().BeTrue();
    }
}
