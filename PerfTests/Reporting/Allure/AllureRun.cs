using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes Allure's results as a run goes: each test when it ends, so that a run that is killed leaves the tests
/// that had ended, and says of the performance rows that had not that they did not run.
/// </summary>
/// <param name="directory">Where they go.</param>
/// <param name="metadata">Where the figures come from.</param>
public sealed class AllureRun(string directory, ResultsMetadata metadata)
{
    /// <summary>What a row is said to be until it ends.</summary>
    public const string NotRun = "The run was ended before this row.";

    private readonly AllureFolder _folder = new(directory, metadata.MachineClass ?? "unknown");
    private readonly List<MetricResult> _figures = [];
    private readonly Dictionary<string, TestIdentity> _awaited = new(StringComparer.Ordinal);

    /// <summary>Writes what is about the run as a whole, and that the performance rows have not run yet.</summary>
    /// <param name="awaited">The performance rows that are to run.</param>
    /// <param name="isWholeCatalogue">True if that is all there is: what earlier runs left of such rows is then removed.</param>
    public void Start(IReadOnlyCollection<TestIdentity> awaited, bool isWholeCatalogue)
    {
        ArgumentNullException.ThrowIfNull(awaited);
        if (isWholeCatalogue)
        {
            _folder.RemovePerformanceResults();
        }

        if (awaited.Count > 0)
        {
            AllurePerformanceMetrics.Remove(_folder);
        }

        var time = DateTimeOffset.UtcNow;
        var outcome = new TestOutcome { Status = AllureStatus.Broken, Message = NotRun, Start = time, Stop = time, Categories = [CategoryName.Perf] };
        foreach (var test in awaited)
        {
            _folder.Write(test, outcome);
            _awaited[test.DisplayName] = test;
        }

        AllureRunFiles.Write(_folder, metadata);
    }

    /// <summary>Writes a test that has ended.</summary>
    /// <param name="test">The test.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="figure">What it measured, or null.</param>
    public void Ended(TestIdentity test, TestOutcome outcome, MetricResult? figure = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var measured = figure is null ? test : TestIdentity.Of(figure);
        _folder.Write(measured, outcome, figure is null ? null : new AllureRow(figure));
        if (_awaited.Remove(test.DisplayName, out var awaited) && AllureIdentity.Of(awaited).HistoryId != AllureIdentity.Of(measured).HistoryId)
        {
            // A row that replays another trace has a history of its own.
            _folder.Remove(awaited);
        }

        if (figure is not null)
        {
            _figures.Add(figure);
            AllurePerformanceMetrics.Write(_folder, _figures, outcome.Stop);
        }
    }
}
