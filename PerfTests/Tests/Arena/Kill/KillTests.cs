using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Instrumented;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>A process is killed or stopped at any moment: the others work on, and no block is lost.</summary>
[Category("Kill")]
[Collection(nameof(SharedBuild))]
public sealed class KillTests(InstrumentedLibraries libraries)
{
    private const int Kills = 500;

    [Fact]
    public void Run_FiveHundredKills_LosesNothing()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        int seed = Environment.TickCount;
        var campaign = new KillCampaign(TestExecutable.Folder, () => libraries.Folder, seed, DateTime.MaxValue);
        campaign.Run(Kills);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"seed {seed}: {campaign.KillCount} kills, {campaign.StopCount} stops in {campaign.Duration.TotalSeconds:0} s");
        campaign.KillCount.Should().BeGreaterThanOrEqualTo(Kills);
        campaign.MissedWindows.Should().BeEmpty("a process must be killed in every crash window");
    }
}
