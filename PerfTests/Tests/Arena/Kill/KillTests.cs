using FluentAssertions;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Tests.Arena.Kill.Driving;
using PerfTests.Tests.Arena.Kill.Injection;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Whatever a process is doing when it is killed or stopped, the others work on and nothing is lost.</summary>
[Category("Kill")]
[Collection(nameof(SharedBuild))]
public sealed class KillTests(InstrumentedLibraries libraries)
{
    private const int Kills = 500;

    [Fact]
    public void Five_hundred_kills_leave_everything_in_order()
    {
        Requires.SharedMemory(KillSession.SharedMemoryBytes);
        int seed = Environment.TickCount;
        var campaign = new KillCampaign(LibraryCopy.OwnFolder, () => libraries.Folder, seed, DateTime.MaxValue);
        campaign.Run(Kills);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}: {campaign.KillCount} kills, {campaign.StopCount} stops in {campaign.Duration.TotalSeconds:0} s");
        campaign.KillCount.Should().BeGreaterThanOrEqualTo(Kills);
        campaign.MissedPoints.Select(point => point.Name).Should().BeEmpty("each window is one to die in");
    }
}
