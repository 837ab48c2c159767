using Shm.Arena;

namespace PerfTests.Exploration.Checking;

/// <summary>Result of a search through the schedules of one scenario.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Schedules">Number of runs in which nobody was killed.</param>
/// <param name="Kills">Number of runs in which a member was killed.</param>
/// <param name="KilledAt">Crash windows in which a member was killed.</param>
/// <param name="Seconds">Time of the search.</param>
/// <param name="IsComplete">True if the search ran every schedule within the bound of preemptions.</param>
/// <param name="Failure">Schedule that failed first, see <see cref="Scheduling.Schedule.ToString"/>; null if none failed.</param>
/// <param name="Message">Message of the failure.</param>
internal sealed record SearchResult(
    string Scenario, long Schedules, long Kills, CrashWindow[] KilledAt, double Seconds, bool IsComplete, string? Failure, string? Message);
