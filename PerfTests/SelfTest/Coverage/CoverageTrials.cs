using PerfTests.Metrics;
using PerfTests.Planting.Operations;
using PerfTests.Running;
using PerfTests.Versions;

namespace PerfTests.SelfTest.Coverage;

/// <summary>
/// Slows one public operation of the libraries down at a time, pairs the slowed libraries with the unchanged ones, and records
/// which rows see the slowdown (mutation testing: R. DeMillo, R. Lipton, F. Sayward, "Hints on test data selection", 1978).
/// </summary>
internal sealed class CoverageTrials(SettingsFile settings, Action<string> progress) : IDisposable
{
    /// <summary>Slowdown of an operation in percent of its own time.</summary>
    private const double OperationPercent = 20;

    /// <summary>Number of rows with which each slowdown is tried if each row is tried.</summary>
    private const int RowsPerOperation = 3;

    /// <summary>Number of rows that are tried at most until a row sees the slowdown.</summary>
    private const int MaxRowsUntilSeen = 2;

    private readonly SlowedPairs _pairs = new(settings);
    private readonly List<RowProfile> _profiles = [];
    private readonly List<OperationCoverage> _operations = [];
    private readonly List<RowTrial> _rowTrials = [];
    private readonly Dictionary<MetricRow, UnmeasuredRow> _unmeasured = [];

    /// <summary>Gets the profiles of the rows that could be measured until now.</summary>
    private RowProfile[] Usable => [.. _profiles.Where(profile => !_unmeasured.ContainsKey(profile.Row))];

    /// <summary>Profiles the rows, and then tries the operations.</summary>
    /// <param name="rows">Rows that may see a slowdown.</param>
    /// <param name="operations">Operations to slow down.</param>
    /// <param name="triesEachRow">
    /// True to try each slowdown with several rows, and each row with a slowdown; false to try a slowdown until a row sees it.
    /// </param>
    public CoverageResult Run(IReadOnlyList<MetricRow> rows, IReadOnlyList<Operation> operations, bool triesEachRow)
    {
        Profile(rows);
        var rowsPerOperation = triesEachRow ? RowsPerOperation : 1;
        foreach (var operation in operations)
        {
            var coverage = Try(operation, rowsPerOperation);
            _operations.Add(coverage);
            progress($"  {operation.Name}: {CoverageReport.Summary(coverage)}");
        }

        if (triesEachRow)
        {
            TryOtherRows();
        }

        return Result(triesEachRow);
    }

    /// <summary>Deletes the slowed libraries.</summary>
    public void Dispose() => _pairs.Dispose();

    private CoverageResult Result(bool triedEachRow) =>
        new(_operations, _rowTrials, [.. Usable.Select(profile => profile.Row)], _unmeasured, triedEachRow);

    /// <summary>Tries the rows that have not regressed yet.</summary>
    private void TryOtherRows()
    {
        var regressed = Result(triedEachRow: true).Regressed;
        foreach (var profile in Usable.Where(profile => !regressed.Contains(profile.Row)))
        {
            Attempt(profile.Row, () =>
            {
                foreach (var trial in RowTrials.Try(profile, _pairs))
                {
                    _rowTrials.Add(trial);
                    progress($"  {trial.Slowed} slowed: {CoverageReport.Describe(trial.Trial)}");
                }
            });
        }
    }

    private void Profile(IReadOnlyList<MetricRow> rows)
    {
        progress($"finding the operations that are called by {CountText.Of(rows.Count, "row")}");
        var instrumented = _pairs.Instrument(PublicOperations.Guarded);
        var profiler = new RowProfiler(_pairs.Unchanged.Folder, instrumented.Folder, PublicOperations.Guarded);
        foreach (var row in rows)
        {
            Attempt(row, () => _profiles.Add(profiler.Profile(row)));
        }
    }

    private OperationCoverage Try(Operation operation, int rowsPerOperation)
    {
        var own = OperationTime.Of(operation, Usable);
        if (double.IsNaN(own))
        {
            return new OperationCoverage(operation, own, []);
        }

        var promised = Usable.Min(profile => profile.NanosecondsFor(operation, _pairs.SmallestPercent(profile)));
        return new OperationCoverage(
            operation,
            own,
            [
                Try(SlowdownSize.FifthOfOperation, operation, own * OperationPercent / 100, rowsPerOperation),
                Try(SlowdownSize.SmallestPromised, operation, promised, rowsPerOperation),
            ]);
    }

    private OperationSlowdown Try(SlowdownSize size, Operation operation, double nanoseconds, int rowsPerOperation)
    {
        // Rows in which the slowdown is less than the tolerance cannot see it.
        RowProfile[] candidates =
        [
            .. Usable
                .Where(profile => TolerancesOf(profile) > 1)
                .OrderByDescending(TolerancesOf)
                .Take(Math.Max(MaxRowsUntilSeen, rowsPerOperation)),
        ];
        var trials = new List<CoverageTrial>();
        LibraryVersion? slowed = null;
        foreach (var profile in candidates.TakeWhile(_ => trials.Count < rowsPerOperation || !trials.Any(trial => trial.IsSeen)))
        {
            var expected = profile.PercentOf(operation, nanoseconds);
            Attempt(profile.Row, () =>
            {
                slowed ??= _pairs.Slow(operation, profile, expected);
                trials.Add(_pairs.PairWithRetries(operation, slowed, profile, expected));
            });
        }

        return new OperationSlowdown(size, nanoseconds, trials);

        double TolerancesOf(RowProfile profile) => profile.PercentOf(operation, nanoseconds) / _pairs.TolerancePercent(profile);
    }

    /// <summary>Measures a row. If the row cannot be measured, notes the reason, and no further trial uses the row.</summary>
    private void Attempt(MetricRow row, Action measure)
    {
        if (UnmeasuredRow.Attempt(row, measure) is { } why)
        {
            _unmeasured[row] = why;
            progress($"  {why.Describe(row)}");
        }
    }
}
