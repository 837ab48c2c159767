using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Instrumented;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Tests that after a process is killed or stopped at any moment, the other processes continue and no block is lost.</summary>
[Category("Kill"), Category(Soak.Category)]
[Collection(nameof(SharedBuild))]
public sealed class KillTests(InstrumentedLibraries libraries)
{
    private const int MissedWindowsLimit = 10;

    [Fact]
    public void Run_ProcessesKilledOrStopped_LosesNoBlock()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        var seed = Environment.TickCount;
        var arenas = 0;
        var campaign = new KillCampaign(TestExecutable.Folder, () => libraries.Folder, seed, DateTime.MaxValue)
        {
            ArenaEnded = () => arenas++,
        };
        var kills = Soak.Dose(60, 200);
        campaign.Run(kills);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"seed {seed}: {campaign.KillCount} kills, {campaign.StopCount} stops in {campaign.Duration.TotalSeconds:0} s");
        campaign.KillCount.Should().BeGreaterThanOrEqualTo(kills);
        arenas.Should().BePositive();
        if (Soak.IsFull)
        {
            // A campaign reaches the rarest windows by chance only. The exploration kills in every one of them.
            campaign.MissedWindows.Should().HaveCountLessThan(MissedWindowsLimit, "processes must be killed in nearly every crash window");
        }
    }
}
