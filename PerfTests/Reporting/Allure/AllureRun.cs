using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes Allure's results during a run, each when its test ends. A run that is killed leaves the results of all tests that had ended,
/// and a result "did not run" for every other performance row.
/// </summary>
/// <param name="directory">Folder for the results.</param>
/// <param name="metadata">Commit, machine and circumstances of the run.</param>
public sealed class AllureRun(string directory, ResultsMetadata metadata)
{
    /// <summary>Message of a row that has not ended yet.</summary>
    public const string NotRun = "The run was ended before this row.";

    private readonly AllureFolder _folder = new(directory, metadata);
    private readonly List<MetricResult> _results = [];
    private readonly Dictionary<string, TestIdentity> _awaited = new(StringComparer.Ordinal);

    /// <summary>Writes the files that describe the whole run, and a result "did not run" for each performance row.</summary>
    /// <param name="awaited">Tests of the performance rows that are to run.</param>
    /// <param name="isWholeCatalogue">
    /// True if <c>awaited</c> has all rows of the catalogue. Results that earlier runs wrote for rows are then removed.
    /// </param>
    public void Start(IReadOnlyCollection<TestIdentity> awaited, bool isWholeCatalogue)
    {
        ArgumentNullException.ThrowIfNull(awaited);
        _folder.RemoveResultsOfMissingTests();
        if (isWholeCatalogue)
        {
            _folder.RemovePerformanceResults();
        }

        if (awaited.Count > 0)
        {
            AllurePerformanceMetrics.Remove(_folder);
            _folder.MarkEarlierResults();
        }

        var time = DateTimeOffset.UtcNow;
        var outcome = new TestOutcome
        {
            Status = AllureStatus.Broken,
            Message = NotRun,
            Start = time,
            Stop = time,
            Categories = [CategoryName.Perf],
        };
        foreach (var test in awaited)
        {
            _folder.Write(test, outcome);
            _awaited[test.DisplayName] = test;
        }

        // A run without performance rows leaves the results of the last performance run as they are, so they stay results of that run.
        AllureRunFiles.Write(_folder, awaited.Count > 0 ? metadata : metadata with { RunId = AllureRunFiles.ReadRunId(directory) });
    }

    /// <summary>Writes the result of a test that has ended.</summary>
    /// <param name="test">The test.</param>
    /// <param name="outcome">Outcome of the test.</param>
    /// <param name="result">Result of the row that the test measured; null if the test measured none.</param>
    public void Ended(TestIdentity test, TestOutcome outcome, MetricResult? result = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var measured = result is null ? test : TestIdentity.Of(result);
        _folder.Write(measured, outcome, result is null ? null : new AllureRow(result));
        if (_awaited.Remove(test.DisplayName, out var awaited)
            && AllureIdentity.Of(awaited).HistoryId != AllureIdentity.Of(measured).HistoryId)
        {
            // The result of a row that replays another trace has another id, so it did not replace the result "did not run".
            _folder.Remove(awaited);
        }

        if (result is not null)
        {
            _results.Add(result);
            AllurePerformanceMetrics.Write(_folder, _results, outcome.Stop);
        }
    }
}
