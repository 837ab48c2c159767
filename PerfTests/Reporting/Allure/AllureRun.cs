using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes Allure's results as a run goes: each test when it ends, so that a run that is killed leaves the tests
/// that had ended.
/// </summary>
/// <param name="directory">Where they go.</param>
/// <param name="metadata">Where the figures come from.</param>
public sealed class AllureRun(string directory, ResultsMetadata metadata)
{
    private readonly AllureFolder _folder = new(directory, metadata.MachineClass ?? "unknown");
    private readonly List<MetricResult> _figures = [];

    /// <summary>Writes what is about the run as a whole.</summary>
    public void Start() => AllureRunFiles.Write(_folder, metadata);

    /// <summary>Writes a test that has ended.</summary>
    /// <param name="test">The test.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="figure">What it measured, or null.</param>
    public void Ended(TestIdentity test, TestOutcome outcome, MetricResult? figure = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _folder.Write(test, outcome, figure is null ? null : new AllureRow(figure));
        if (figure is not null)
        {
            _figures.Add(figure);
            AllurePerformanceMetrics.Write(_folder, _figures, outcome.Stop);
        }
    }
}
