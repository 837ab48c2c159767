using PerfTests.Baselines;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Comparison of a number of instructions with stored ones.</summary>
/// <param name="Baseline">The stored count that decided.</param>
/// <param name="Verdict">Verdict against this count.</param>
/// <param name="LimitPercent">Largest change that passes against this count, in percent.</param>
internal sealed record StoredCount(BaselineEntry Baseline, Verdict Verdict, double LimitPercent)
{
    /// <summary>
    /// Compares a count with the last accepted count, and if it passes, with the oldest accepted one: many small increases can each
    /// pass, so the sum of the accepted ones is judged too.
    /// </summary>
    /// <param name="perOperation">Instructions per operation of the version that is judged.</param>
    /// <param name="stored">The last accepted count.</param>
    /// <param name="driftPercent">Largest increase over the oldest accepted count that passes, in percent.</param>
    public static StoredCount Compare(double perOperation, BaselineEntry stored, double driftPercent)
    {
        var verdict = InstructionRule.Compare(perOperation, stored.Stored.Value);
        return verdict == Verdict.Passed && stored.Oldest is { } oldest
            && InstructionRule.Compare(perOperation, oldest.Stored.Value, driftPercent) == Verdict.Regressed
            ? new StoredCount(oldest, Verdict.Regressed, driftPercent)
            : new StoredCount(stored, verdict, InstructionRule.TolerancePercent);
    }
}
