using PerfTests.Measurement;
using PerfTests.Measurement.Launches;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.SelfTest;

/// <summary>
/// Runs trials of the verdict rules with equal versions, which must pass, and with slowed versions, which must regress. Each trial
/// uses fresh processes, because each process has its own layout of code and data.
/// </summary>
internal sealed class SelfTestTrials(
    SettingsFile settings,
    IReadOnlyList<MetricRow> rows,
    bool isWaiting,
    SelfTestVersions versions,
    Lazy<StoredValues> stored,
    Action<string> progress)
{
    private readonly StoredTrial _storedTrial = new(settings, versions);
    private readonly RowTally[] _tallies = [.. rows.Select(row => new RowTally(row, settings.PairedTolerance(row), isWaiting))];

    public IReadOnlyList<RowTally> Tallies => _tallies;

    /// <summary>True if a trial has ended with a verdict.</summary>
    public bool HasVerdicts => _tallies.Any(tally => tally.All.Any(trials => trials.Trials > 0));

    /// <summary>Runs trials of every row.</summary>
    /// <param name="trials">Number of trials.</param>
    /// <param name="plantEvery">Number n: slowed versions take part in every n-th trial; 0 for never.</param>
    /// <param name="end">Time after which no further trial starts.</param>
    public void Run(int trials, int plantEvery, DateTimeOffset end)
    {
        for (var trial = 0; trial < trials && DateTimeOffset.UtcNow < end; trial++)
        {
            using var pool = new LaunchPool();
            var measurer = new RowMeasurer(pool, new RowLog());
            Random.Shared.Shuffle(_tallies);
            var isPlanting = plantEvery > 0 && trial % plantEvery == 0;
            foreach (var tally in _tallies.Where(tally => tally.Unmeasured is not { HasFailed: true }))
            {
                Try(tally, measurer, isPlanting);
            }

            progress(FormattableString.Invariant($"trial {trial + 1}: ")
                + $"false positives: pairs {Regressed(tally => tally.Equal)}, stored values {Regressed(tally => tally.StoredUnchanged)}; "
                + $"detected: pairs {Regressed(tally => tally.Slowed)}, slowdowns in the sources {Regressed(tally => tally.SourceSlowed)}, "
                + $"stored values {Regressed(tally => tally.StoredSlowed)}");
        }
    }

    /// <summary>Runs a trial of a row. If the row cannot be measured, notes the reason, so that the other rows are tried.</summary>
    private void Try(RowTally tally, RowMeasurer measurer, bool isPlanting)
    {
        Note(tally, UnmeasuredRow.Attempt(tally.Row, () =>
        {
            TryUnchanged(tally, measurer);
            if (isPlanting)
            {
                TrySlowed(tally, measurer);
            }
        }));
    }

    private void Note(RowTally tally, UnmeasuredRow? why)
    {
        if (why is not null && tally.Unmeasured is null)
        {
            tally.Unmeasured = why;
            progress($"  {why.Describe(tally.Row)}");
        }
    }

    private void TryUnchanged(RowTally tally, RowMeasurer measurer)
    {
        Try(tally.Equal, tally, measurer, "equal versions", versions.Rebuilt, null, Verdict.Passed);
        Note(tally, stored.Value.Unmeasured.GetValueOrDefault(tally.Row));
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
            TryStored(tally.StoredSlowed, tally, measurer, launches, PlantedSlowdown.ForStored(tally.Row));
        }
    }

    private void Try(
        VerdictTally trials,
        RowTally tally,
        RowMeasurer measurer,
        string description,
        LibraryVersion candidate,
        PlantedSlowdown? slowdown,
        Verdict expected)
    {
        var outcome = new PairedCheck(measurer, versions.Baseline, candidate)
            .Run(tally.Row, settings.PairedTolerance(tally.Row), slowdown?.Wrapper);
        trials.Add(outcome);
        if (outcome.Verdict != expected)
        {
            progress($"  {tally.Row.Label}, {description}: {outcome.Verdict}, {outcome.Text}; {outcome.ControlText}");
        }
    }

    private void TryStored(VerdictTally trials, RowTally tally, RowMeasurer measurer, LaunchMinima[] launches, PlantedSlowdown? slowdown)
    {
        var (verdict, worsePercent) = _storedTrial.Run(measurer, tally.Row, launches, slowdown?.Wrapper);
        trials.Add(verdict, worsePercent);
        if (verdict == Verdict.Regressed != slowdown is not null)
        {
            progress($"  {tally.Row.Label}, {slowdown?.Text ?? "unchanged"}, against the stored value: {verdict}, "
                + FormattableString.Invariant($"{worsePercent:+0.0;-0.0;0.0} %"));
        }
    }

    /// <summary>Returns the number of trials with the verdict "regressed", such as <c>2 of 40</c>.</summary>
    private string Regressed(Func<RowTally, VerdictTally> trials) => FormattableString.Invariant(
        $"{_tallies.Sum(tally => trials(tally).Count(Verdict.Regressed))} of {_tallies.Sum(tally => trials(tally).Trials)}");
}
