using System.Diagnostics;
using PerfTests.Exploration.Scenarios;
using PerfTests.Exploration.Scheduling;
using Shm.Arena;

namespace PerfTests.Exploration.Checking;

/// <summary>
/// Runs every schedule of a scenario with a bounded number of preemptions, as CHESS does, and each again with a kill at each of
/// its points. Schedules with fewer deviations run first, so the first schedule that fails is among the shortest that do.
/// </summary>
/// <param name="scenario">The scenario.</param>
/// <param name="bounds">Bounds of the search.</param>
/// <param name="log">Receives each schedule before it runs.</param>
internal sealed class ScheduleSearch(Scenario scenario, SearchBounds bounds, Action<Schedule>? log = null)
{
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly HashSet<CrashWindow> _killedAt = [];
    private readonly Queue<(Deviation[] Deviations, int Preemptions)> _waiting = [];
    private long _schedules;
    private long _kills;
    private string? _failed;
    private string? _message;

    /// <summary>Runs schedules until one fails, all have run, or a bound is reached.</summary>
    internal SearchResult Run()
    {
        using var runner = new ScenarioRunner(scenario, bounds.IsFine);
        _waiting.Enqueue(([], 0));
        while (_failed is null && IsWithinBounds && _waiting.TryDequeue(out var next))
        {
            _schedules++;
            TryRun(runner, next.Deviations);
            SchedulingPoint[] points = [.. runner.Points];
            var first = next.Deviations.Length == 0 ? 0 : next.Deviations[^1].Step + 1;
            for (var step = first; step < points.Length; step++)
            {
                Expand(next, points[step], step);
            }

            KillEach(runner, next.Deviations, points, first);
        }

        return new SearchResult(scenario.Name, _schedules, _kills, [.. _killedAt.Order()], _time.Elapsed.TotalSeconds,
            _waiting.Count == 0 && _failed is null && IsWithinBounds, _failed, _message);
    }

    private bool IsWithinBounds => _schedules + _kills < bounds.MaxRuns && _time.Elapsed.TotalSeconds < bounds.MaxSeconds;

    /// <summary>Adds the schedules that depart from a schedule at one of its points.</summary>
    private void Expand((Deviation[] Deviations, int Preemptions) from, SchedulingPoint point, int step)
    {
        var preemptions = from.Preemptions + (point.CanContinue ? 1 : 0);
        for (var member = 0; preemptions <= bounds.Preemptions && member < scenario.MemberCount; member++)
        {
            if (member != point.Chosen && SchedulingPoint.Includes(point.CanRun, member))
            {
                _waiting.Enqueue(([.. from.Deviations, new Deviation(step, member, IsKill: false)], preemptions));
            }
        }
    }

    /// <summary>Runs a schedule again with each kill that is possible after its last deviation.</summary>
    private void KillEach(ScenarioRunner runner, Deviation[] deviations, SchedulingPoint[] points, int first)
    {
        for (var step = first; bounds.Kills && step < points.Length; step++)
        {
            for (var member = 0; member < scenario.MemberCount && _failed is null && IsWithinBounds; member++)
            {
                var isWaiting = bounds.KillsWaiting && SchedulingPoint.Includes(points[step].IsWithin, member);
                if (SchedulingPoint.Includes(points[step].CanRun, member) && (member == points[step].Member || isWaiting))
                {
                    _kills++;
                    _killedAt.Add(points[step].Window);
                    TryRun(runner, [.. deviations, new Deviation(step, member, IsKill: true)]);
                }
            }
        }
    }

    private void TryRun(ScenarioRunner runner, Deviation[] deviations)
    {
        log?.Invoke(new Schedule(scenario.Name, deviations));
        if (runner.Run(deviations) is { } message)
        {
            (_failed, _message) = (new Schedule(scenario.Name, deviations).ToString(), message);
        }
    }
}
