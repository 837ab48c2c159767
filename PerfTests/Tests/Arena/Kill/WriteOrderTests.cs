using FluentAssertions;
using PerfTests.ArenaChecks;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Instrumented;
using PerfTests.KillTest.Sharing;
using PerfTests.KillTest.Workers;
using PerfTests.Tests.Arena.Invariants;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>
/// Tests the order of two writes: stops a process between them, and compares what it has written with the states. No other
/// process uses the arena meanwhile.
/// </summary>
[Category("Kill")]
[Collection(nameof(SharedBuild))]
public sealed class WriteOrderTests(InstrumentedLibraries libraries)
{
    private const string BitOfLive = "of blocks that are live", BitMissing = "no remote-free flag", MarkedUsed = "marked as used";

    [Fact]
    [Invariant("A free bit is set only after the block's state is free, and cleared only after the state has the new holder.")]
    public void FreeBit_OwnerStoppedBetweenWrites_IsWrittenAfterTheState()
    {
        using var stopped = new StoppedWorker(libraries.Folder);
        stopped.ViolationsAt(CrashWindow.AllocateHolderWritten).Should().ContainSingle().Which.Should().Contain(BitOfLive);
        stopped.ViolationsAt(CrashWindow.AllocateBitCleared).Should().NotContain(text => text.Contains("free bits"));

        // If the part has a remote-free flag already, its owner will find the block, and nothing is missing.
        Enumerable.Range(0, 5).Select(_ => stopped.ViolationsAt(CrashWindow.FreeHolderCleared)).First(texts => texts.Count > 0)
            .Should().ContainSingle().Which.Should().Contain(BitMissing);
        stopped.ViolationsAt(CrashWindow.FreeBitSet).Should().NotContain(text => text.Contains("free bits"));
    }

    [Fact]
    [Invariant("The state is written last when a slab is created and first when it is released.")]
    public void SlabState_ProcessStoppedBetweenWrites_IsWrittenLastOrFirst()
    {
        using var stopped = new StoppedWorker(libraries.Folder);
        stopped.ViolationsAt(CrashWindow.CreateSlabPagesCounted).Should().Contain(text => text.Contains(MarkedUsed))
            .And.OnlyContain(text => text.Contains(MarkedUsed) || text.StartsWith("the number of pages"), "only the state is missing");
        stopped.ViolationsAt(CrashWindow.CreateSlabStateWritten).Should().BeEmpty("the slab is complete");
        stopped.ViolationsAt(CrashWindow.ReleaseStateCleared).Should().Contain(text => text.Contains(MarkedUsed))
            .And.OnlyContain(text => text.Contains(MarkedUsed) || text.StartsWith("the number of pages"), "only the state is cleared");
    }

    /// <summary>A worker that is stopped in crash windows, and the memory of its arena.</summary>
    private sealed class StoppedWorker : IDisposable
    {
        private const int Index = 1;

        private readonly KillSession _session;
        private readonly ShmSegment _raw;
        private readonly ArenaMemory _memory;

        internal StoppedWorker(string libraries)
        {
            Requires.SharedMemory(KillSession.SharedMemoryBytes);
            _session = new KillSession(libraries, seed: 7);

            // Attaching would recover, so the arena is only mapped.
            _raw = ShmSegment.Open(_session.ArenaName, 1);
            _memory = MappedMemory.Of(_raw, Worker.CapacityBytes);
        }

        /// <summary>Lets the worker reach a crash window, stops it there, and returns what disagrees with the states.</summary>
        internal IReadOnlyList<string> ViolationsAt(CrashWindow window)
        {
            _session.Control.Arm(Index, window, hit: 1, ProcessControl.Stop);
            _session.Workers.Send(Index, WorkerCommand.Work);
            _session.Workers.AwaitExitOrStop(Index, WorkerProcesses.HangTimeout).Should().Be(ChildState.Stopped);
            var violations = ArenaInvariants.Violations(_memory, isLockIgnored: true);
            _session.Workers.Signal(Index, ProcessControl.Continue);
            _session.Workers.Execute(Index, WorkerCommand.Pause);
            return violations;
        }

        public void Dispose()
        {
            _session.Dispose();
            _raw.Dispose();
        }
    }
}
