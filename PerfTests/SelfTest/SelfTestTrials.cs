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
    SettingsFile settings, IReadOnlyList<MetricRow> rows, SelfTestVersions versions, Lazy<StoredValues> stored, Action<string> progress)
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
                TryUnchanged(tally, measurer);
                if (plantEvery > 0 && trial % plantEvery == 0)
                {
                    TrySlowed(tally, measurer);
                }
            }

            progress(FormattableString.Invariant($"trial {trial + 1}: {Sum(tally => tally.Equal, Verdict.Regressed)} false alarms in {Trials(tally => tally.Equal)} pairs, {Sum(tally => tally.StoredUnchanged, Verdict.Regressed)} in {Trials(tally => tally.StoredUnchanged)} stored; caught {Sum(tally => tally.Slowed, Verdict.Regressed)} of {Trials(tally => tally.Slowed)} paired, {Sum(tally => tally.SourceSlowed, Verdict.Regressed)} of {Trials(tally => tally.SourceSlowed)} written into the sources, {Sum(tally => tally.StoredSlowed, Verdict.Regressed)} of {Trials(tally => tally.StoredSlowed)} stored"));
        }
    }

    private void TryUnchanged(RowTally tally, RowMeasurer measurer)
    {
        Try(tally.Equal, tally, measurer, "equal versions", versions.Rebuilt, null, Verdict.Passed);
        if (stored.Value.Launches.TryGetValue(tally.Row, out var launches))
        {
            TryStored(tally.StoredUnchanged, tally, measurer, launches, null);
        }
    }

    private void TrySlowed(RowTally tally, RowMeasurer measurer)
    {
        Try(tally.Slowed, tally, measurer, $"slowed by {tally.Slowdown.Text}", versions.Rebuilt, tally.Slowdown, Verdict.Regressed);
        if (tally.SourceSlowdown is not null)
        {
            Try(tally.SourceSlowed, tally, measurer, tally.SourceSlowdown, versions.Slowed, null, Verdict.Regressed);
        }

        if (stored.Value.Launches.TryGetValue(tally.Row, out var launches))
        {
            TryStored(tally.StoredSlowed, tally, measurer, launches, PlantedSlowdown.ForStored);
        }
    }

    private void Try(VerdictTally trials, RowTally tally, RowMeasurer measurer, string what, LibraryVersion candidate, PlantedSlowdown? slowdown, Verdict expected)
    {
        var outcome = new PairedCheck(measurer, versions.Baseline, candidate).Run(tally.Row, settings.PairedTolerance(tally.Row), slowdown?.Wrapper);
        trials.Add(outcome);
        if (outcome.Verdict != expected)
        {
            progress($"  {tally.Row.Label}, {what}: {outcome.Verdict}, {outcome.Text}; {outcome.ControlText}");
        }
    }

    private void TryStored(VerdictTally trials, RowTally tally, RowMeasurer measurer, LaunchMinima[] launches, PlantedSlowdown? slowdown)
    {
        var (verdict, worsePercent) = _storedTrial.Run(measurer, tally.Row, launches, slowdown?.Wrapper);
        trials.Add(verdict, worsePercent);
        if (verdict == Verdict.Regressed != slowdown is not null)
        {
            progress(FormattableString.Invariant($"  {tally.Row.Label}, {slowdown?.Text ?? "unchanged"}, against the stored figure: {verdict}, {worsePercent:+0.0;-0.0;0.0} %"));
        }
    }

    private int Sum(Func<RowTally, VerdictTally> trials, Verdict verdict) => _tallies.Sum(tally => trials(tally).Count(verdict));

    private int Trials(Func<RowTally, VerdictTally> trials) => _tallies.Sum(tally => trials(tally).Trials);
}
