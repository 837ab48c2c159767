using PerfTests.Exploration.Checking;
using PerfTests.Exploration.Driving;
using PerfTests.KillTest.Orderings;

namespace PerfTests.Commands;

/// <summary>Runs the searches of <see cref="ExploreCommand"/> and prints their results.</summary>
internal static class ExplorationOutput
{
    /// <summary>Runs searches.</summary>
    /// <returns>False if a schedule failed.</returns>
    internal static bool Explore(string libraries, SearchRequest[] requests)
    {
        var results = ExplorationCampaign.Run(libraries, requests, (result, steps) =>
        {
            Console.WriteLine(Describe(result));
            if (requests[0].Replay is not null)
            {
                Console.WriteLine(steps);
            }

            if (result.Failure is not null)
            {
                Console.Error.WriteLine($"FAILED: {result.Message}");
                Console.Error.WriteLine($"Replay it with: {ReplayCommand(requests[0], result.Failure)}");
            }
        });
        Console.WriteLine($"{Schedules(results)}, {Kills(results)}");
        return results.All(result => result.Failure is null);
    }

    /// <summary>Searches for each set of broken orderings that the kill test finds.</summary>
    /// <returns>False if a set was not found.</returns>
    internal static bool FindOrderings(string libraries)
    {
        var areAllFound = true;
        OrderingTrial[] trials = [.. OrderingTrial.Fatal, .. OrderingTrial.LeftToExploration];
        foreach (var broken in trials.Select(trial => string.Join(',', trial.Broken)).Distinct())
        {
            var results = OrderingSearch.Run(libraries, broken.Split(','));
            var total = $"{Schedules(results)} and {Kills(results)} of all scenarios";
            areAllFound &= results[^1].Failure is not null;
            Console.WriteLine(broken);
            Console.WriteLine(results[^1].Failure is null ? $"  NOT FOUND in {total}" : $"  {Describe(results[^1])}; {total}");
            Console.WriteLine(results[^1].Failure is null ? "" : $"  {results[^1].Failure}: {results[^1].Message}");
        }

        return areAllFound;
    }

    private static string ReplayCommand(SearchRequest request, string schedule) => "dotnet run --project PerfTests -- explore "
        + (request.Bounds.IsFine ? "--fine " : string.Empty)
        + (request.Broken.Length > 0 ? $"--broken {string.Join(',', request.Broken)} " : string.Empty)
        + $"--replay \"{schedule}\"";

    private static string Schedules(IEnumerable<SearchResult> results) =>
        CountText.Of(results.Sum(result => result.Schedules), "schedule");

    private static string Kills(IEnumerable<SearchResult> results) => CountText.Of(results.Sum(result => result.Kills), "kill");

    private static string Describe(SearchResult result) => FormattableString.Invariant(
        $"{result.Scenario,-26} {result.Seconds,6:0.0} s, schedules {result.Schedules,9}, kills {result.Kills,9}")
        + (result.IsComplete || result.Failure is not null ? "" : "  incomplete");
}
