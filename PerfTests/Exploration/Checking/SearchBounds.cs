namespace PerfTests.Exploration.Checking;

/// <summary>Bounds of a search through the schedules of a scenario.</summary>
/// <param name="Preemptions">Maximum number of times that a member which could go on is made to wait.</param>
/// <param name="MaxRuns">Maximum number of runs, with and without kills.</param>
/// <param name="MaxSeconds">Maximum time.</param>
/// <param name="Kills">False to run only schedules in which nobody is killed.</param>
/// <param name="KillsWaiting">
/// True to kill also members that wait for their turn within an operation, as if a process were stopped and then killed.
/// </param>
/// <param name="IsFine">See <see cref="Scheduling.Scheduler.IsFine"/>.</param>
internal sealed record SearchBounds(
    int Preemptions, long MaxRuns, double MaxSeconds, bool Kills = true, bool KillsWaiting = false, bool IsFine = false);
