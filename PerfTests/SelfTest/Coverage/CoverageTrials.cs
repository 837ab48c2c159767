using PerfTests.Files;
using PerfTests.Measurement;
using PerfTests.Measurement.Launches;
using PerfTests.Metrics;
using PerfTests.Planting.Operations;
using PerfTests.Running;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.SelfTest.Coverage;

/// <summary>
/// Slows one public operation of the libraries down at a time, pairs the slowed libraries with the unchanged ones, and records
/// which rows see the slowdown (mutation testing: R. DeMillo, R. Lipton, F. Sayward, "Hints on test data selection", 1978).
/// </summary>
internal sealed class CoverageTrials : IDisposable
{
    /// <summary>Slowdown of an operation in percent of its own time.</summary>
    private const double OperationPercent = 20;

    /// <summary>Points by which the smallest promised slowdown exceeds the tolerance.</summary>
    private const double PointsAboveTolerance = 2;

    /// <summary>Factor by which a loop is lengthened at most if a pair measures a smaller slowdown than expected.</summary>
    private const double MaxLengthening = 2.5;

    /// <summary>Number of rows with which each slowdown is tried if each row is tried.</summary>
    private const int RowsPerOperation = 3;

    /// <summary>Number of rows that are tried at most until a row sees the slowdown.</summary>
    private const int MaxRowsUntilSeen = 2;

    /// <summary>Number of operations that are slowed down at most until a row that has not regressed yet does.</summary>
    private const int MaxOperationsOfOtherRow = 3;

    /// <summary>
    /// Points by which the slowdowns of a row that has not regressed yet exceed its tolerance. The second is tried if the row does not see
    /// the first.
    /// </summary>
    private static readonly double[] s_pointsOfOtherRows = [20, 100];

    private readonly TemporaryFolder _folder = new();
    private readonly SettingsFile _settings;
    private readonly Action<string> _progress;
    private readonly LibraryVersion _unchanged;
    private readonly Lazy<LibraryVersion> _unchangedAgain;
    private readonly List<RowProfile> _profiles = [];
    private readonly List<OperationCoverage> _operations = [];
    private readonly Dictionary<MetricRow, UnmeasuredRow> _unmeasured = [];
    private readonly HashSet<MetricRow> _regressed = [];
    private int _versionCount;

    public CoverageTrials(SettingsFile settings, Action<string> progress)
    {
        (_settings, _progress) = (settings, progress);

        // Both sides of a pair are written in the same way, so that they differ in the slowdown only.
        _unchanged = Unchanged("unchanged");
        _unchangedAgain = new(() => Unchanged("unchanged-again"));

        LibraryVersion Unchanged(string name) =>
            OperationWeaver.Instrument(LibraryVersion.WorkingTree, Path.Combine(_folder.Path, name), []);
    }

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
            _progress($"  {operation.Name}: {CoverageReport.Summary(coverage)}");
        }

        if (triesEachRow)
        {
            TryOtherRows();
        }

        return new CoverageResult(_operations, [.. Usable.Select(profile => profile.Row)], _unmeasured, _regressed, triesEachRow);
    }

    /// <summary>Deletes the slowed libraries.</summary>
    public void Dispose() => _folder.Dispose();

    /// <summary>Tries the rows that have not regressed yet.</summary>
    private void TryOtherRows()
    {
        foreach (var profile in Usable.Where(profile => !_regressed.Contains(profile.Row)))
        {
            Attempt(profile.Row, () =>
            {
                var tolerance = _settings.PairedTolerance(profile.Row).Percent;
                _ = s_pointsOfOtherRows.Any(points => TryRow(profile, tolerance + points));
            });
        }
    }

    /// <summary>
    /// Slows down the operations that take most of the row's time until the row sees it. A row of system calls may call no operation; its
    /// benchmark is slowed down instead.
    /// </summary>
    private bool TryRow(RowProfile profile, double percent)
    {
        if (profile.Uses.Count == 0)
        {
            return Report("its benchmark", Pair(_unchangedAgain.Value, profile, percent, PlantedSlowdown.Percent(profile.Row, percent)));
        }

        return profile.Uses
            .OrderByDescending(use => use.Value.CallsPerOperation * Math.Max(1, use.Value.NanosecondsPerCall))
            .Take(MaxOperationsOfOtherRow)
            .Select(use => use.Key)
            .Any(operation => Report(operation.Name, Pair(Slow(operation, profile, percent), profile, percent)));

        bool Report(string slowed, CoverageTrial trial)
        {
            _progress($"  {slowed} slowed: {CoverageReport.Describe(trial)}");
            return trial.IsSeen;
        }
    }

    private void Profile(IReadOnlyList<MetricRow> rows)
    {
        _progress($"finding the operations that are called by {CountText.Of(rows.Count, "row")}");
        var instrumented = OperationWeaver.Instrument(
            LibraryVersion.WorkingTree, Path.Combine(_folder.Path, "instrumented"), PublicOperations.Guarded);
        var profiler = new RowProfiler(_unchanged.Folder, instrumented.Folder, PublicOperations.Guarded);
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

        var promised = Usable.Min(profile => profile.NanosecondsFor(operation, SmallestPercent(profile)));
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
                .Where(profile => profile.PercentOf(operation, nanoseconds) > _settings.PairedTolerance(profile.Row).Percent)
                .OrderByDescending(profile => profile.PercentOf(operation, nanoseconds) / _settings.PairedTolerance(profile.Row).Percent)
                .Take(Math.Max(MaxRowsUntilSeen, rowsPerOperation)),
        ];
        var trials = new List<CoverageTrial>();
        LibraryVersion? slowed = null;
        foreach (var profile in candidates.TakeWhile(_ => trials.Count < rowsPerOperation || !trials.Any(trial => trial.IsSeen)))
        {
            var expected = profile.PercentOf(operation, nanoseconds);
            Attempt(profile.Row, () =>
            {
                slowed ??= Slow(operation, profile, expected);
                trials.Add(Pair(operation, ref slowed, profile, expected));
            });
        }

        return new OperationSlowdown(size, nanoseconds, trials);
    }

    /// <summary>Measures a row. If the row cannot be measured, notes the reason, and no further trial uses the row.</summary>
    private void Attempt(MetricRow row, Action measure)
    {
        if (UnmeasuredRow.Attempt(row, measure) is { } why)
        {
            _unmeasured[row] = why;
            _progress($"  {why.Describe(row)}");
        }
    }

    /// <summary>Gets the profiles of the rows that could be measured until now.</summary>
    private RowProfile[] Usable => [.. _profiles.Where(profile => !_unmeasured.ContainsKey(profile.Row))];

    /// <summary>Writes libraries in which an operation is so slow that a row takes longer by a percentage.</summary>
    private LibraryVersion Slow(Operation operation, RowProfile profile, double percent)
    {
        var (iterations, _) = LoopCalibration.Find(Write(0).Folder, operation, profile, percent);
        return Write(iterations);

        // The unchanged copy was written again, which may have changed its metadata tokens.
        LibraryVersion Write(int count)
        {
            var folder = Path.Combine(_folder.Path, FormattableString.Invariant($"slowed-{_versionCount++}"));
            return OperationWeaver.Slow(LibraryVersion.WorkingTree, folder, operation, count);
        }
    }

    /// <summary>
    /// Pairs slowed libraries with the unchanged ones. If no slowdown is seen and a statistic of the pair is smaller than expected,
    /// lengthens the loop once: in new processes, the loop may take less time than where its length was determined. An inconclusive row is
    /// measured once more, as its message tells a user to do.
    /// </summary>
    private CoverageTrial Pair(Operation operation, ref LibraryVersion slowed, RowProfile profile, double expectedPercent)
    {
        var trial = Pair(slowed, profile, expectedPercent);
        if (trial.IsSeen)
        {
            return trial;
        }

        if (trial.LeastPercent < expectedPercent)
        {
            var lengthening = trial.LeastPercent > 0 ? Math.Min(MaxLengthening, expectedPercent / trial.LeastPercent) : MaxLengthening;
            slowed = Slow(operation, profile, expectedPercent * lengthening);
            trial = Pair(slowed, profile, expectedPercent);
        }

        return trial.Verdict == Verdict.Inconclusive ? Pair(slowed, profile, expectedPercent) : trial;
    }

    private CoverageTrial Pair(
        LibraryVersion slowed, RowProfile profile, double expectedPercent, PlantedSlowdown? planted = null)
    {
        // Each version stays loaded in the processes that measured it, so each trial has new processes.
        using var pool = new LaunchPool();
        var outcome = new PairedCheck(new RowMeasurer(pool, new RowLog()), _unchanged, slowed)
            .Run(profile.Row, _settings.PairedTolerance(profile.Row), planted?.Wrapper);
        var trial = new CoverageTrial(profile.Row, expectedPercent, outcome);
        if (trial.IsSeen)
        {
            _regressed.Add(profile.Row);
        }

        return trial;
    }

    /// <summary>
    /// Returns the smallest slowdown of a row that pairing promises to detect, in percent. The slowdown exceeds both limits of the
    /// row's tolerance.
    /// </summary>
    private double SmallestPercent(RowProfile profile)
    {
        var tolerance = _settings.PairedTolerance(profile.Row);
        return Math.Max(tolerance.Percent, 100 * tolerance.AbsoluteNanoseconds / profile.Nanoseconds) + PointsAboveTolerance;
    }
}
