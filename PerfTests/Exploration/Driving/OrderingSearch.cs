using PerfTests.Exploration.Checking;
using PerfTests.Exploration.Scenarios;

namespace PerfTests.Exploration.Driving;

/// <summary>Searches all scenarios for a schedule that fails while the arena follows broken orderings.</summary>
internal static class OrderingSearch
{
    private const int MaxSeconds = 120;

    /// <summary>
    /// First many short schedules with kills, then longer schedules without kills: some orderings do harm only if two members
    /// change places three times.
    /// </summary>
    private static readonly SearchBounds[] s_passes =
    [
        new(Preemptions: 1, MaxRuns: 1_500, MaxSeconds),
        new(Preemptions: 3, MaxRuns: 4_000, MaxSeconds, Kills: false),
    ];

    /// <summary>Searches until a schedule fails.</summary>
    /// <param name="libraries">Folder of the instrumented libraries.</param>
    /// <param name="broken">Names of the broken orderings.</param>
    /// <returns>All results; the last one has failed, or none has.</returns>
    internal static IReadOnlyList<SearchResult> Run(string libraries, string[] broken)
    {
        var results = new List<SearchResult>();
        foreach (var bounds in s_passes)
        {
            SearchRequest[] requests =
                [.. ScenarioCatalogue.All.Select(scenario => new SearchRequest(scenario.Name, bounds, broken))];
            var ofPass = ExplorationCampaign.Run(libraries, requests, (_, _) => { }, stopsAtFailure: true);
            results.AddRange(ofPass.OrderBy(result => result.Failure is null ? 0 : 1));
            if (results[^1].Failure is not null)
            {
                break;
            }
        }

        return results;
    }
}
