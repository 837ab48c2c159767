using System.Globalization;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Formats the values of a row that reports show.</summary>
internal static class FigureText
{
    /// <summary>Text in place of a value that a row does not have.</summary>
    public const string None = "-";

    /// <summary>Returns the value that was judged.</summary>
    public static string Candidate(RowFigures figures) => Format(figures.Candidate, figures);

    /// <summary>Returns the value that the candidate was compared with.</summary>
    public static string Base(RowFigures figures) => figures.Base is { } value ? Format(value, figures) : None;

    /// <summary>Returns the change, positive for a larger value.</summary>
    public static string Change(RowFigures figures) => figures.ChangePercent is { } percent ? Percent(percent) : None;

    /// <summary>Returns the limit that decided, such as <c>7 % and 0.05 ns</c>, or the bound, such as <c>at least 200 x</c>.</summary>
    public static string Limit(RowFigures figures) => figures switch
    {
        { Decider: FigureDecider.Bound, LimitAmount: { } bound } =>
            $"{UnitOf(figures).BoundWord} {ValueText.FormatLimit(bound, UnitOf(figures))}",
        { LimitPercent: { } percent, LimitAmount: > 0 } => $"{Number(percent)} % and {Amount(figures)}",
        { LimitPercent: { } percent } => $"{Number(percent)} %",
        _ => None,
    };

    /// <summary>Returns the amount that passes whatever its percentage, such as <c>0.05 ns</c> or <c>1 instruction</c>.</summary>
    public static string Amount(RowFigures figures)
    {
        var amount = Number(figures.LimitAmount ?? 0);
        return UnitOf(figures) is not { IsCount: true } count ? $"{amount} {MetricUnit.Nanoseconds.Symbol}"
            : ValueText.FormatCount(figures.LimitAmount ?? 0, count);
    }

    /// <summary>Returns the comparison that decided, and the origin of the base.</summary>
    public static string Decider(RowFigures figures) => figures.Decider switch
    {
        FigureDecider.Pair => "pair",
        FigureDecider.Count => figures.Source == FigureSource.Pair ? "count, pair" : "count, stored",
        FigureDecider.Bound => "bound",
        FigureDecider.StoredBaseline => figures.Source == FigureSource.AdjustedBaseline ? "stored, adjusted" : "stored",
        _ => None,
    };

    /// <summary>Returns base, candidate and change, such as <c>8.00 ns -> 8.80 ns (+10.0 %)</c>.</summary>
    public static string Step(RowFigures figures)
    {
        var change = figures.ChangePercent is null ? string.Empty : $" ({Change(figures)})";
        return figures.Base is null ? Candidate(figures) : $"{Base(figures)} -> {Candidate(figures)}{change}";
    }

    /// <summary>Returns base, candidate, change and limit, such as <c>8.00 ns -> 8.80 ns (+10.0 %, limit 7 % and 0.05 ns)</c>.</summary>
    public static string StepAndLimit(RowFigures figures) => figures is { Base: not null, ChangePercent: not null, LimitPercent: not null }
        ? $"{Base(figures)} -> {Candidate(figures)} ({Change(figures)}, limit {Limit(figures)})"
        : Step(figures);

    /// <summary>Returns a percentage with its sign, e.g. <c>+2.1 %</c>.</summary>
    public static string Percent(double percent) => percent.ToString("+0.0' %';-0.0' %';0.0' %'", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Returns a value of a row in the unit that fits the larger one of base and candidate.</summary>
    private static string Format(double value, RowFigures figures) =>
        ValueText.Format(value, UnitOf(figures), Math.Max(Math.Abs(figures.Base ?? 0), Math.Abs(figures.Candidate)));

    private static MetricUnit UnitOf(RowFigures figures) => MetricUnit.Find(figures.Unit)!;
}
