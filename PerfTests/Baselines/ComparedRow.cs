using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Baselines;

/// <summary>A row that two files have.</summary>
/// <param name="Key">Key of the row.</param>
/// <param name="Before">Result of the earlier file.</param>
/// <param name="After">Result of the later file, which is judged.</param>
/// <param name="Figures">Values that reports show.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Note">Reason why the results cannot be compared; null if they can.</param>
public sealed record ComparedRow(string Key, MetricResult Before, MetricResult After, RowFigures Figures, Verdict Verdict, string? Note)
{
    private const string UnnamedTrace = "an unnamed trace";

    internal static ComparedRow Of(string key, MetricResult before, MetricResult after, Tolerance tolerance)
    {
        var unit = MetricUnit.ByName[after.Unit];
        if (before.Unit != after.Unit)
        {
            return NotComparable($"the units are {before.Unit} and {after.Unit}");
        }

        if (before.Workload != after.Workload)
        {
            return NotComparable($"the replayed traces are {before.Workload ?? UnnamedTrace} and {after.Workload ?? UnnamedTrace}");
        }

        if (before.CompilationTarget != after.CompilationTarget)
        {
            return NotComparable("instructions were counted with different runtime versions or processor features");
        }

        if (after.CompilationTarget is not null)
        {
            return Counted(InstructionRule.Compare(after.Value, before.Value));
        }

        if (unit.IsCount)
        {
            return Counted(CountRule.Compare(unit.Better, after.Value, before.Value));
        }

        var comparison = before.IsMeasured && after.IsMeasured
            ? StoredBaselineRule.Compare(unit.Better, after.Minima, before.Minima, tolerance)
            : StoredBaselineRule.Compare(unit.Better, after.Value, before.Value, tolerance);
        return comparison.IsImpossible
            ? Impossible()
            : new ComparedRow(
                key,
                before,
                after,
                RowFigures.Of(unit, after.Value, before.Value, comparison),
                StoredBaselineRule.WithoutConfirming(comparison),
                null);

        ComparedRow Counted(Verdict verdict) => verdict == Verdict.Inconclusive ? Impossible() : new ComparedRow(
            key,
            before,
            after,
            RowFigures.OfCounts(unit, after.Value, before.Value, hasTolerance: after.CompilationTarget is not null),
            verdict,
            null);

        ComparedRow Impossible() => NotComparable("a value of one of the files cannot have been measured");

        ComparedRow NotComparable(string note) => new(
            key, before, after, RowFigures.Of(after with { Judgement = null }), Verdict.NotComparable, note);
    }
}
