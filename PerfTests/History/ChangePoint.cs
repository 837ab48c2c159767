using PerfTests.Metrics;
using PerfTests.Verdicts;

namespace PerfTests.History;

/// <summary>Change of level of a row.</summary>
/// <param name="Series">Values of the row.</param>
/// <param name="Change">The change.</param>
/// <param name="Newest">Moment of the newest run of the machine class, which may lack the row.</param>
/// <param name="Limits">Tolerances of the rows.</param>
internal sealed record ChangePoint(HistorySeries Series, DetectedChange Change, DateTimeOffset Newest, DriftLimits Limits)
{
    /// <summary>Time before the newest run within which a change is recent.</summary>
    public static readonly TimeSpan RecentTime = TimeSpan.FromDays(14);

    /// <summary>Accepted regression that explains the change; null if none does.</summary>
    public AcceptedRegression? Accepted { get; init; }

    /// <summary>Last run with the old level.</summary>
    public HistoryRun From => Series.Runs[Change.Index - 1];

    /// <summary>First run with the new level.</summary>
    public HistoryRun To => Series.Runs[Change.Index];

    /// <summary>True if the new level is worse.</summary>
    public bool IsWorse => Change.After > Change.Before == (Series.Unit.Better == Direction.Lower);

    /// <summary>True if the change is at most <see cref="RecentTime"/> older than the newest run.</summary>
    public bool IsRecent => To.Moment >= Newest - RecentTime;

    /// <summary>
    /// True if only the code can change the level of the row. Times of system calls and of several threads can change several-fold
    /// while the code stays the same, so their changes are reported but do not fail a run.
    /// </summary>
    public bool IsOfCode => SidesOf(Series.Key) is { Length: > 0 } sides && sides.All(row => row.Kind.CanBeStored());

    /// <summary>
    /// Smallest change for the worse that fails a run, in percent: the percentage of the row's tolerance for pairs. A smaller change
    /// can be that of a code layout.
    /// </summary>
    public double FailingPercent => SidesOf(Series.Key).Select(row => Limits.Paired(row).Percent).DefaultIfEmpty(0).Max();

    /// <summary>Returns the timed rows that a key names: the row itself, or both sides of a speed-up. Other keys name none.</summary>
    private static MetricRow[] SidesOf(string key) => CatalogueKeys.Find(key) is { } row ? [row]
        : SpeedUps.All.FirstOrDefault(one => one.Key == MetricRow.WithoutTrace(key)) is { } ratio ? [ratio.Slow, ratio.Fast]
        : [];

    /// <summary>Factor by which the row became worse; below 1 for an improvement.</summary>
    public double WorseFactor => (Change.Before > 0 && Change.After > 0, Series.Unit.Better) switch
    {
        (true, Direction.Lower) => Change.After / Change.Before,
        (true, _) => Change.Before / Change.After,
        _ => IsWorse ? double.PositiveInfinity : 0,
    };

    /// <summary>
    /// Returns true if a regression of the row was accepted that explains this change. The accepted measurement is at most four runs older
    /// than the change, or newer: the detector may find a change some runs late, and never finds two changes that close to each other. The
    /// new level is not worse than the accepted value by more than a stored baseline allows.
    /// </summary>
    public bool IsExplainedBy(AcceptedRegression accepted)
    {
        var runsBefore = Series.Runs.TakeWhile(run => run.Moment < accepted.Moment).Count();
        return IsWorse
            && Change.Index - runsBefore < ChangePointDetector.MinDistance
            && IsWithin(Series.AtNewestSpeed(accepted.Numbers));
    }

    /// <summary>
    /// Returns true if an accepted change of one side explains this change of a speed-up: both changes are at the same place, and this
    /// one is not much larger.
    /// </summary>
    public bool IsExplainedBy(ChangePoint side)
    {
        var first = Series.Runs[Math.Max(Change.Index - ChangePointDetector.MinDistance + 1, 0)];
        var last = Series.Runs[Math.Min(Change.Index + ChangePointDetector.MinDistance, Series.Runs.Count) - 1];
        return IsWorse
            && side.To.Moment >= first.Moment
            && side.To.Moment <= last.Moment
            && WorseFactor <= side.WorseFactor * AllowedFactor;
    }

    private double AllowedFactor =>
        1 + (SidesOf(Series.Key).Select(Limits.Stored).DefaultIfEmpty(DefaultTolerances.Stored).Max(StoredBaselineRule.LimitPercent) / 100);

    private bool IsWithin(double level) => Series.Unit.Better == Direction.Lower
        ? Change.After <= level * AllowedFactor
        : Change.After * AllowedFactor >= level;
}
