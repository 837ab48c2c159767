using FluentAssertions;
using PerfTests.Exploration.Checking;
using PerfTests.Exploration.Driving;
using PerfTests.Exploration.Scenarios;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Instrumented;
using PerfTests.KillTest.Orderings;
using PerfTests.Tests.Arena.Kill;
using Xunit;

namespace PerfTests.Tests.Exploration;

/// <summary>Tests that no explored schedule breaks a promise of the arena, and proves that the exploration can fail.</summary>
[Category("Exploration"), Category(Soak.Category)]
[Collection(nameof(SharedBuild))]
public sealed class ExplorationTests(InstrumentedLibraries libraries)
{
    private const long SharedMemoryBytes = 8 * Scenario.CapacityBytes;
    private const int AllTrials = int.MaxValue, FewTrials = 2;

    /// <summary>Orderings that are found within seconds. The others take half a minute each: three full doses try them too.</summary>
    private const int QuickTrials = 4;

    public static TheoryData<string> Fatal => [.. Found.Take(Soak.Dose(FewTrials, QuickTrials))];

    public static TheoryData<string> Harmless =>
        [.. Sets(OrderingTrial.Harmless).Except(Found).Take(Soak.Dose(FewTrials, AllTrials))];

    [Fact]
    public void Explore_EveryScenario_NoScheduleFails()
    {
        var bounds = new SearchBounds(Soak.Dose(1, 2), int.MaxValue, MaxSeconds: Soak.Dose(1, 3));
        Explore(bounds).Where(result => result.Failure is not null).Should().BeEmpty();
    }

    [Fact]
    public void Explore_EveryScenario_KillsInEachCrashWindow()
    {
        var reached = Explore(new SearchBounds(Preemptions: 0, int.MaxValue, MaxSeconds: 60)).SelectMany(result => result.KilledAt);
        KillTriggers.Windows.Except(reached).Should().BeEmpty("a scenario must reach each crash window");
    }

    [Fact]
    public void Explore_RandomScenarios_NoScheduleFails()
    {
        var bounds = new SearchBounds(Preemptions: 0, int.MaxValue, MaxSeconds: Soak.Dose(1, 5));
        using var process = new ExplorationProcess(libraries.Folder);
        var result = process.Ask(new SearchRequest("", bounds, [], Seed: Environment.TickCount));
        TestContext.Current.TestOutputHelper!.WriteLine($"{result}");
        result.Failure.Should().BeNull(result.Message);
    }

    [Theory]
    [MemberData(nameof(Fatal))]
    public void Explore_OrderingThatLosesBlocks_ScheduleFails(string broken)
    {
        Requires.SharedMemory(SharedMemoryBytes);
        var found = OrderingSearch.Run(libraries.Folder, broken.Split(','))[^1];
        found.Failure.Should().NotBeNull($"the ordering {broken} loses blocks or allocates them twice");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{found.Failure} after {found.Schedules} schedules and {found.Kills} kills: {found.Message}");

        using var process = new ExplorationProcess(libraries.Folder);
        var bounds = new SearchBounds(Preemptions: 0, MaxRuns: 1, MaxSeconds: 1);
        var replayed = process.Ask(new SearchRequest(found.Scenario, bounds, broken.Split(','), found.Failure));
        replayed.Failure.Should().Be(found.Failure, "a schedule must fail again when it is replayed");
    }

    /// <summary><see cref="OrderingTrial.Harmless"/> says why each of these orderings does no harm.</summary>
    [Theory]
    [MemberData(nameof(Harmless))]
    public void Explore_HarmlessOrdering_NoScheduleFails(string broken) =>
        Explore(new SearchBounds(Preemptions: 1, MaxRuns: Soak.Dose(100, 300), MaxSeconds: 60), broken)
            .Where(result => result.Failure is not null).Should().BeEmpty();

    private static IEnumerable<string> Found => Sets([.. OrderingTrial.Fatal, .. OrderingTrial.LeftToExploration]);

    private static IEnumerable<string> Sets(IEnumerable<OrderingTrial> trials) =>
        trials.Select(trial => string.Join(',', trial.Broken)).Distinct();

    private IReadOnlyList<SearchResult> Explore(SearchBounds bounds, string broken = "")
    {
        Requires.SharedMemory(SharedMemoryBytes);
        SearchRequest[] requests = [.. ScenarioCatalogue.All.Select(scenario =>
            new SearchRequest(scenario.Name, bounds, broken.Split(',', StringSplitOptions.RemoveEmptyEntries)))];
        return ExplorationCampaign.Run(libraries.Folder, requests, (_, _) => { });
    }
}
