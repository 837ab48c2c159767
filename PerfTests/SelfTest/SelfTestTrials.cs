using PerfTests.Measurement;
using PerfTests.Measurement.Versions;
using PerfTests.Metrics;
using PerfTests.Running;

namespace PerfTests.SelfTest;

/// <summary>
/// Trials of the paired rule: equal versions, which must not differ, and versions slowed by what the suite
/// promises to see. Each trial has fresh processes, which draw layouts of their own.
/// </summary>
internal sealed class SelfTestTrials(SettingsFile settings, IReadOnlyList<MetricRow> rows, Action<string> progress)
{
    private readonly RowTally[] _tallies = [.. rows.Select(row => new RowTally(row, Planted.Promised(row)))];

    public IReadOnlyList<RowTally> Tallies => _tallies;

    /// <summary>Runs so many trials of every row, or as many as the time allows.</summary>
    /// <returns>The number of trials that were run.</returns>
    public int Run(int trials, int plantEvery, DateTimeOffset end)
    {
        var trial = 0;
        while (trial < trials && DateTimeOffset.UtcNow < end)
        {
            using var measurer = new RowMeasurer();
            var check = new PairedCheck(measurer, LibraryVersion.Own, LibraryVersion.Own);
            Random.Shared.Shuffle(_tallies);
            foreach (var tally in _tallies)
            {
                Try(tally, check, plantEvery > 0 && trial % plantEvery == 0);
            }

            trial++;
            progress(FormattableString.Invariant(
                $"trial {trial}: {_tallies.Sum(tally => tally.FalseAlarms)} false alarms in {_tallies.Sum(tally => tally.SameTrials)}, {_tallies.Sum(tally => tally.Caught)} of {_tallies.Sum(tally => tally.SlowedTrials)} planted slowdowns caught"));
        }

        return trial;
    }

    private void Try(RowTally tally, PairedCheck check, bool plants)
    {
        var tolerance = settings.PairedTolerance(tally.Row);
        var same = check.Run(tally.Row, tolerance);
        tally.AddSame(same);
        if (same.Verdict != Verdicts.Verdict.Passed)
        {
            progress($"  {tally.Row.Label}, equal versions: {same.Verdict}, {same.Text}; {same.SameText}");
        }

        if (plants)
        {
            var slowed = check.Run(tally.Row, tolerance, tally.Planted.Variant);
            tally.AddSlowed(slowed);
            if (slowed.Verdict != Verdicts.Verdict.Regressed)
            {
                progress($"  {tally.Row.Label}, slowed by {tally.Planted.Text}: {slowed.Verdict}, {slowed.Text}; {slowed.SameText}");
            }
        }
    }
}
