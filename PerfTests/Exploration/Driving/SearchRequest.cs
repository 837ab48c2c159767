using PerfTests.Exploration.Checking;

namespace PerfTests.Exploration.Driving;

/// <summary>Request to a process that explores schedules, sent as one line of JSON.</summary>
/// <param name="Scenario">Name of the scenario; empty for random scenarios.</param>
/// <param name="Bounds">Bounds of the search.</param>
/// <param name="Broken">Names of the broken orderings that the arena follows.</param>
/// <param name="Replay">Schedule to run instead of a search; null searches.</param>
/// <param name="IsLogged">True to write each schedule to the standard error before it runs.</param>
/// <param name="Seed">Seed of the random scenarios.</param>
internal sealed record SearchRequest(
    string Scenario, SearchBounds Bounds, string[] Broken, string? Replay = null, bool IsLogged = false, int Seed = 0);
