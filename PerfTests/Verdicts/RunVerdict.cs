namespace PerfTests.Verdicts;

/// <summary>Counts the outcomes of a run's rows and judges the run by them.</summary>
/// <param name="Verdicts">Verdicts of the measured rows; an entry is null if its row has no verdict.</param>
/// <param name="FailedCount">Number of rows whose measurement failed.</param>
/// <param name="NotMeasuredCount">Number of rows that the machine or the settings excluded.</param>
/// <param name="RowsAskedFor">Number of rows that were to run; null if unknown.</param>
/// <param name="IsInterrupted">True if the run ended before its last row, or has not ended yet.</param>
public sealed record RunVerdict(
    IReadOnlyList<Verdict?> Verdicts, int FailedCount, int NotMeasuredCount, int? RowsAskedFor, bool IsInterrupted)
{
    private static readonly Verdict?[] s_worstFirst =
        [Verdict.Regressed, Verdict.Inconclusive, Verdict.NotComparable, Verdict.Improved, Verdict.Passed];

    /// <summary>Worst verdict of all rows; null if no row has one.</summary>
    public Verdict? Worst => s_worstFirst.FirstOrDefault(verdict => Verdicts.Contains(verdict));

    /// <summary>True if a row regressed or failed.</summary>
    public bool IsBad => Worst == Verdict.Regressed || FailedCount > 0;

    /// <summary>True if all rows ended, and every measured row passed or improved.</summary>
    public bool IsGood => !IsBad && !IsInterrupted && !Verdicts.Contains(null) && Worst is Verdict.Passed or Verdict.Improved;

    /// <summary>True if no row has a value and no row failed.</summary>
    public bool IsEmpty => Verdicts.Count == 0 && FailedCount == 0;

    /// <summary>Number of rows of the run, whether or not they have ended.</summary>
    public int RowCount => Math.Max(RowsAskedFor ?? 0, Verdicts.Count + FailedCount + NotMeasuredCount);

    /// <summary>Number of rows that passed or improved.</summary>
    public int PassedCount => Count(Verdict.Passed) + Count(Verdict.Improved);

    /// <summary>Number of rows that regressed.</summary>
    public int RegressedCount => Count(Verdict.Regressed);

    /// <summary>Number of rows that were measured and could not be judged.</summary>
    public int NotJudgedCount => Count(Verdict.NotComparable) + Count(Verdict.Inconclusive);

    private int Count(Verdict verdict) => Verdicts.Count(other => other == verdict);
}
