using PerfTests.Files;
using PerfTests.Measurement;
using PerfTests.Measurement.Launches;
using PerfTests.Planting.Operations;
using PerfTests.Running;
using PerfTests.Versions;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Writes slowed libraries and pairs them with the unchanged ones.</summary>
internal sealed class SlowedPairs : IDisposable
{
    /// <summary>Points by which the smallest promised slowdown exceeds the tolerance.</summary>
    private const double PointsAboveTolerance = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly SettingsFile _settings;
    private readonly Lazy<LibraryVersion> _unchangedAgain;
    private int _versionCount;

    public SlowedPairs(SettingsFile settings)
    {
        _settings = settings;

        // Both sides of a pair are written in the same way, so that they differ in the slowdown only.
        Unchanged = Copy("unchanged");
        _unchangedAgain = new(() => Copy("unchanged-again"));

        LibraryVersion Copy(string name) =>
            OperationWeaver.Instrument(LibraryVersion.WorkingTree, Path.Combine(_folder.Path, name), []) with { Label = "unchanged" };
    }

    /// <summary>Gets the unchanged libraries.</summary>
    public LibraryVersion Unchanged { get; }

    /// <summary>Writes libraries that count and time the calls of operations.</summary>
    public LibraryVersion Instrument(IReadOnlyList<Operation> operations) =>
        OperationWeaver.Instrument(LibraryVersion.WorkingTree, Path.Combine(_folder.Path, "instrumented"), operations);

    /// <summary>Writes libraries in which an operation is so slow that a row takes longer by a percentage.</summary>
    public LibraryVersion Slow(Operation operation, RowProfile profile, double percent)
    {
        return Write(LoopCalibration.Find(Write(0).Folder, operation, profile, percent));

        // The unchanged copy was written again, which may have changed its metadata tokens.
        LibraryVersion Write(int iterations)
        {
            var folder = Path.Combine(_folder.Path, FormattableString.Invariant($"slowed-{_versionCount++}"));
            return OperationWeaver.Slow(LibraryVersion.WorkingTree, folder, operation, iterations);
        }
    }

    /// <summary>Pairs slowed libraries with the unchanged ones once.</summary>
    public CoverageTrial Pair(LibraryVersion slowed, RowProfile profile, double expectedPercent) =>
        Pair(slowed, profile, expectedPercent, null);

    /// <summary>Pairs slowed libraries with the unchanged ones, and again as <see cref="CoverageRetry"/> says.</summary>
    public CoverageTrial PairWithRetries(Operation operation, LibraryVersion slowed, RowProfile profile, double expectedPercent)
    {
        var trial = Pair(slowed, profile, expectedPercent);
        var (attempts, wasRepeated, wasLengthened) = (1, false, false);
        while (CoverageRetry.After(trial, wasRepeated, wasLengthened) is var next && next != NextAttempt.None)
        {
            if (next == NextAttempt.LongerLoop)
            {
                wasLengthened = true;
                slowed = Slow(operation, profile, CoverageRetry.Lengthened(trial));
            }
            else
            {
                wasRepeated = true;
            }

            trial = Pair(slowed, profile, expectedPercent) with { Attempts = ++attempts };
        }

        return trial;
    }

    /// <summary>Pairs a row with itself, with its benchmark slowed down by a percentage on one side.</summary>
    public CoverageTrial PairSlowedBenchmark(RowProfile profile, double percent) =>
        Pair(_unchangedAgain.Value, profile, percent, PlantedSlowdown.Percent(profile.Row, percent));

    /// <summary>Returns the largest slowdown of a row that is still within its tolerance, in percent.</summary>
    public double TolerancePercent(RowProfile profile)
    {
        var tolerance = _settings.PairedTolerance(profile.Row);
        return Math.Max(tolerance.Percent, 100 * tolerance.AbsoluteNanoseconds / profile.Nanoseconds);
    }

    /// <summary>Returns the smallest slowdown of a row that pairing promises to detect, in percent.</summary>
    public double SmallestPercent(RowProfile profile) => TolerancePercent(profile) + PointsAboveTolerance;

    /// <summary>Deletes the libraries.</summary>
    public void Dispose() => _folder.Dispose();

    private CoverageTrial Pair(LibraryVersion slowed, RowProfile profile, double expectedPercent, PlantedSlowdown? planted)
    {
        // Each version stays loaded in the processes that measured it, so each trial has new processes.
        using var pool = new LaunchPool();
        var outcome = new PairedCheck(new RowMeasurer(pool, new RowLog()), Unchanged, slowed)
            .Run(profile.Row, _settings.PairedTolerance(profile.Row), planted?.Wrapper);
        return new CoverageTrial(profile.Row, expectedPercent, outcome);
    }
}
