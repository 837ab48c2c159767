using System.Globalization;
using PerfTests.Exploration.Scenarios;
using PerfTests.Exploration.Scheduling;
using Shm.Arena;

namespace PerfTests.Exploration.Checking;

/// <summary>Runs one schedule and describes each of its steps.</summary>
internal static class ScheduleReplay
{
    /// <summary>Runs the schedule.</summary>
    /// <param name="scenario">Scenario of the schedule.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="isFine">See <see cref="Scheduler.IsFine"/>.</param>
    /// <param name="output">Receives a line for each step.</param>
    internal static SearchResult Run(Scenario scenario, Schedule schedule, bool isFine, TextWriter output)
    {
        using var runner = new ScenarioRunner(scenario, isFine);
        var message = runner.Run(schedule.Deviations);
        for (var step = 0; step < runner.Points.Count; step++)
        {
            output.WriteLine(Describe(step, runner.Points[step], schedule));
        }

        var isKill = schedule.Deviations.Any(deviation => deviation.IsKill);
        return new SearchResult(scenario.Name, isKill ? 0 : 1, isKill ? 1 : 0, [], 0, IsComplete: true,
            message is null ? null : schedule.ToString(), message);
    }

    private static string Describe(int step, SchedulingPoint point, Schedule schedule)
    {
        var place = point.Member < 0 ? "start"
            : string.Create(CultureInfo.InvariantCulture,
                $"member {point.Member} at {(point.Window == CrashWindow.None ? "a step" : point.Window.ToString())}");
        var killed = schedule.Deviations.Where(deviation => deviation.IsKill && deviation.Step == step)
            .Select(deviation => string.Create(CultureInfo.InvariantCulture, $"; member {deviation.Member} is killed"));
        var next = point.Chosen < 0 || point.Chosen == point.Member ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; member {point.Chosen} goes on");
        return string.Create(CultureInfo.InvariantCulture, $"{step,4}  {place}{string.Concat(killed)}{next}");
    }
}
