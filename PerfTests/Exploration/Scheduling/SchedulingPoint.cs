using Shm.Arena;

namespace PerfTests.Exploration.Scheduling;

/// <summary>Record of a run at one scheduling point.</summary>
/// <param name="Member">Member that reached the point; -1 at the start of the run.</param>
/// <param name="Window">Crash window that the member reached; none where an operation begins or ends, and at other steps.</param>
/// <param name="CanRun">Set of members that could go on: bit n stands for member n.</param>
/// <param name="IsWithin">Set of members that were within an operation: bit n stands for member n.</param>
/// <param name="Chosen">Member that went on; -1 if none could.</param>
internal readonly record struct SchedulingPoint(int Member, CrashWindow Window, uint CanRun, uint IsWithin, int Chosen)
{
    /// <summary>True if another member than <see cref="Member"/> would run only by preemption.</summary>
    internal bool CanContinue => Member >= 0 && Includes(CanRun, Member);

    internal static bool Includes(uint members, int member) => (members >> member & 1) != 0;
}
