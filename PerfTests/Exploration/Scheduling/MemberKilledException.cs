namespace PerfTests.Exploration.Scheduling;

/// <summary>
/// Unwinds the thread of a member that the schedule killed or that is still waiting when the run ends. The exception is thrown
/// only after all checks, so no <c>finally</c> block of the member changes the arena while others use it.
/// </summary>
internal sealed class MemberKilledException : Exception;
