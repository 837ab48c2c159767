using System.Diagnostics;
using PerfTests.Exploration.Scenarios;
using PerfTests.Exploration.Scheduling;

namespace PerfTests.Exploration.Checking;

/// <summary>Runs random scenarios by random schedules. A seed determines all of them.</summary>
internal static class RandomSearch
{
    private const int SchedulesPerScenario = 30;

    /// <summary>Runs schedules until one fails or a bound is reached.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="bounds">Bounds of the search. The number of preemptions is not bounded.</param>
    /// <param name="log">Receives the name of each scenario before it runs.</param>
    internal static SearchResult Run(int seed, SearchBounds bounds, Action<string>? log)
    {
        var time = Stopwatch.StartNew();
        var random = new Random(seed);
        (long schedules, long kills, string? failed, string? message) = (0, 0, null, null);
        while (failed is null && schedules + kills < bounds.MaxRuns && time.Elapsed.TotalSeconds < bounds.MaxSeconds)
        {
            var scenario = RandomScenario.Create(random.Next());
            log?.Invoke($"{scenario}/");
            using var runner = new ScenarioRunner(scenario, bounds.IsFine);
            for (var run = 0; failed is null && run < SchedulesPerScenario; run++)
            {
                message = runner.Run([], new RandomChoice(random));
                failed = message is null ? null : new Schedule(scenario.Name, runner.Deviations).ToString();
                var isKill = runner.Deviations.Any(deviation => deviation.IsKill);
                (schedules, kills) = isKill ? (schedules, kills + 1) : (schedules + 1, kills);
            }
        }

        return new SearchResult($"seed {seed}", schedules, kills, [], time.Elapsed.TotalSeconds, failed is null, failed, message);
    }
}
