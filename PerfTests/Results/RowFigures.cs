using PerfTests.Verdicts;

namespace PerfTests.Results;

/// <summary>
/// Values of a row that reports show: base, candidate, change and limit. Only this type chooses them, so all reports show the same
/// values. They belong to the comparison that decided the verdict, and the change always leads from the base to the candidate.
/// </summary>
/// <param name="Base">
/// Value that the candidate was compared with, in the row's unit; null if there is none. For a pair, this is the candidate's value
/// without the judged change.
/// </param>
/// <param name="Candidate">Value that was judged, in the row's unit.</param>
/// <param name="ChangePercent">Change from the base to the candidate; positive if the value became larger.</param>
/// <param name="LimitPercent">Largest change for the worse that passes, in percent of the value.</param>
/// <param name="LimitAmount">
/// Bound, in the row's unit. For a row without a bound: change in nanoseconds per operation, or in instructions, that passes whatever
/// its percentage; null if there is no such amount.
/// </param>
/// <param name="Unit">Name of the row's unit.</param>
/// <param name="Source">Origin of the base.</param>
/// <param name="Decider">Comparison that decided the verdict.</param>
public sealed record RowFigures(
    double? Base,
    double Candidate,
    double? ChangePercent,
    double? LimitPercent,
    double? LimitAmount,
    string Unit,
    FigureSource Source,
    FigureDecider Decider)
{
    /// <summary>Largest relative difference between a stored and an adjusted baseline that no report shows.</summary>
    private const double InvisibleFraction = 5e-4;

    /// <summary>Chooses the values of a row.</summary>
    public static RowFigures Of(MetricResult row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var none = new RowFigures(null, row.Value, null, null, null, row.Unit, FigureSource.None, FigureDecider.None);
        if (row.Judgement is not { Verdict: not Verdict.NotComparable } judgement)
        {
            return none;
        }

        var unit = MetricUnit.Find(row.Unit);
        if (unit is { HasBound: true })
        {
            return judgement.BaselineValue is { } bound ? none with { LimitAmount = bound, Decider = FigureDecider.Bound } : none;
        }

        var candidate = judgement.Paired?.CandidateValue ?? judgement.CandidateValue ?? row.Value;
        var change = ChangeOf(unit?.Better ?? row.Direction ?? Direction.Lower, judgement.WorsePercent);
        var judged = BaseOf(candidate, change);
        if ((judged ?? judgement.BaselineValue) is null)
        {
            return none;
        }

        var isCount = unit is { IsCount: true };
        var isPair = judgement.Paired is not null || (isCount && judgement.BaselineFile is null);
        var isStored = judgement.BaselineValue is { } stored && (judged is null || IsClose(judged.Value, stored));
        return new RowFigures(
            isStored && !isPair ? judgement.BaselineValue : judged ?? judgement.BaselineValue,
            candidate,
            change,
            judgement.LimitPercent ?? UnrecordedLimit(row, judgement),
            judgement.LimitAmount,
            row.Unit,
            isPair ? FigureSource.Pair : isStored ? FigureSource.Baseline : FigureSource.AdjustedBaseline,
            isCount ? FigureDecider.Count : isPair ? FigureDecider.Pair : FigureDecider.StoredBaseline);
    }

    /// <summary>Chooses the values of a row that is compared with a stored value.</summary>
    /// <param name="unit">Unit of the row.</param>
    /// <param name="candidate">Value that is judged.</param>
    /// <param name="stored">Value as it was stored.</param>
    /// <param name="comparison">Result of the comparison.</param>
    public static RowFigures Of(MetricUnit unit, double candidate, double stored, StoredComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(comparison);
        var change = ChangeOf(unit.Better, comparison.WorsePercent);
        var adjusted = BaseOf(candidate, change) ?? stored;
        var isStored = IsClose(adjusted, stored);
        return new RowFigures(
            isStored ? stored : adjusted,
            candidate,
            change,
            comparison.LimitPercent,
            comparison.LimitNanoseconds,
            unit.Name,
            isStored ? FigureSource.Baseline : FigureSource.AdjustedBaseline,
            FigureDecider.StoredBaseline);
    }

    /// <summary>Chooses the values of a count that is compared with an earlier count.</summary>
    /// <param name="unit">Unit of the row.</param>
    /// <param name="candidate">Count that is judged.</param>
    /// <param name="before">Earlier count.</param>
    /// <param name="hasTolerance">True for instructions, of which small changes pass.</param>
    public static RowFigures OfCounts(MetricUnit unit, double candidate, double before, bool hasTolerance)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return new RowFigures(
            before,
            candidate,
            before > 0 ? 100 * ((candidate / before) - 1) : null,
            hasTolerance ? InstructionRule.TolerancePercent : 0,
            hasTolerance ? InstructionRule.SmallestChange : null,
            unit.Name,
            FigureSource.Baseline,
            FigureDecider.Count);
    }

    /// <summary>Converts a change for the worse to a change of the value; null if it is not a number.</summary>
    public static double? ChangeOf(Direction better, double? worsePercent) =>
        worsePercent is { } worse && double.IsFinite(worse) ? better == Direction.Lower ? worse : -worse : null;

    /// <summary>Returns the value that a change leads from; null without a change, and if no value leads to the candidate.</summary>
    public static double? BaseOf(double candidate, double? changePercent) =>
        changePercent is > -100 and { } change && candidate / (1 + (change / 100)) is var value && double.IsFinite(value) ? value : null;

    private static bool IsClose(double one, double other) => Math.Abs(one - other) <= InvisibleFraction * Math.Abs(other);

    /// <summary>Returns the limit for a results file of an earlier version, which stores only the tolerance.</summary>
    private static double? UnrecordedLimit(MetricResult row, JudgementResult judgement) => row.TolerancePercent is not { } tolerance ? null
        : judgement.BaselineFile is null || row.CompilationTarget is not null ? tolerance
        : StoredBaselineRule.LimitPercent(new Tolerance(tolerance, 0));
}
