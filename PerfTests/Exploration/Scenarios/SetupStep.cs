using Shm.Arena;

namespace PerfTests.Exploration.Scenarios;

/// <summary>Step that prepares the arena before the schedule begins.</summary>
/// <param name="Member">Member that performs the operation.</param>
/// <param name="Operation">The operation.</param>
/// <param name="KilledAt">Crash window of the operation in which the member is killed; none lets it complete the operation.</param>
internal sealed record SetupStep(int Member, Operation Operation, CrashWindow KilledAt = CrashWindow.None);
