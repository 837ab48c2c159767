using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.SelfTest;

/// <summary>
/// Trials of the rules: equal versions, which must not differ, and slowed ones, which must be seen. Each trial has
/// fresh processes, which draw layouts of their own.
/// </summary>
internal sealed class SelfTestTrials(
    SettingsFile settings, IReadOnlyList<MetricRow> rows, SelfTestVersions versions, Lazy<StoredFigures> stored, Action<string> progress)
{
    private readonly StoredTrial _storedTrial = new(settings, versions);
    private readonly RowTally[] _tallies = [.. rows.Select(row => new RowTally(row))];

    public IReadOnlyList<RowTally> Tallies => _tallies;

    /// <summary>Runs so many trials of every row, or as many as the time allows; every so many with slowed versions too.</summary>
    public void Run(int trials, int plantEvery, DateTimeOffset end)
    {
        for (var trial = 0; trial < trials && DateTimeOffset.UtcNow < end; trial++)
        {
            using var measurer = new RowMeasurer();
            Random.Shared.Shuffle(_tallies);
            foreach (var tally in _tallies)
            {
                TrySame(tally, measurer);
                if (plantEvery > 0 && trial % plantEvery == 0)
                {
                    TrySlowed(tally, measurer);
                }
            }

            progress(FormattableString.Invariant($"trial {trial + 1}: {Sum(tally => tally.Same, Verdict.Regressed)} false alarms in {Trials(tally => tally.Same)} pairs, {Sum(tally => tally.StoredSame, Verdict.Regressed)} in {Trials(tally => tally.StoredSame)} stored; caught {Sum(tally => tally.Slowed, Verdict.Regressed)} of {Trials(tally => tally.Slowed)} paired, {Sum(tally => tally.Rewritten, Verdict.Regressed)} of {Trials(tally => tally.Rewritten)} written into the sources, {Sum(tally => tally.StoredSlowed, Verdict.Regressed)} of {Trials(tally => tally.StoredSlowed)} stored"));
        }
    }

    private void TrySame(RowTally tally, RowMeasurer measurer)
    {
        Try(tally.Same, tally, measurer, "equal versions", versions.Same, null, Verdict.Passed);
        if (stored.Value.Launches.TryGetValue(tally.Row, out var launches))
        {
            TryStored(tally.StoredSame, tally, measurer, launches, null);
        }
    }

    private void TrySlowed(RowTally tally, RowMeasurer measurer)
    {
        Try(tally.Slowed, tally, measurer, $"slowed by {tally.Planted.Text}", versions.Same, tally.Planted, Verdict.Regressed);
        if (tally.Written is not null)
        {
            Try(tally.Rewritten, tally, measurer, tally.Written, versions.Slowed, null, Verdict.Regressed);
        }

        if (stored.Value.Launches.TryGetValue(tally.Row, out var launches))
        {
            TryStored(tally.StoredSlowed, tally, measurer, launches, Planted.OfStored);
        }
    }

    private void Try(VerdictTally trials, RowTally tally, RowMeasurer measurer, string what, LibraryVersion candidate, Planted? planted, Verdict expected)
    {
        var outcome = new PairedCheck(measurer, versions.Base, candidate).Run(tally.Row, settings.PairedTolerance(tally.Row), planted?.Variant);
        trials.Add(outcome);
        if (outcome.Verdict != expected)
        {
            progress($"  {tally.Row.Label}, {what}: {outcome.Verdict}, {outcome.Text}; {outcome.ControlText}");
        }
    }

    private void TryStored(VerdictTally trials, RowTally tally, RowMeasurer measurer, LaunchMinima[] launches, Planted? planted)
    {
        var (verdict, worsePercent) = _storedTrial.Run(measurer, tally.Row, launches, planted?.Variant);
        trials.Add(verdict, worsePercent);
        if (verdict == Verdict.Regressed != planted is not null)
        {
            progress(FormattableString.Invariant($"  {tally.Row.Label}, {planted?.Text ?? "unchanged"}, against the stored figure: {verdict}, {worsePercent:+0.0;-0.0;0.0} %"));
        }
    }

    private int Sum(Func<RowTally, VerdictTally> trials, Verdict verdict) => _tallies.Sum(tally => trials(tally).Count(verdict));

    private int Trials(Func<RowTally, VerdictTally> trials) => _tallies.Sum(tally => trials(tally).Trials);
}
