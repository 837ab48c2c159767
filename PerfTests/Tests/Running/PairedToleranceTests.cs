using FluentAssertions;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>
/// Tests that the limits in nanoseconds suit the rows. A regression exceeds both limits, so a limit as large as a row's time would let
/// the row become twice as slow.
/// </summary>
[Category("Settings")]
public sealed class PairedToleranceTests
{
    /// <summary>Largest limit in nanoseconds, as a fraction of the row's time.</summary>
    private const double LargestFraction = 0.2;

    [Fact]
    public void PairedTolerance_TimesInCommittedBaselines_AllowAtMostAFifthMore()
    {
        var settings = SettingsFile.Read();
        var times = Directory.GetFiles(ProjectRoot.Resolve("baselines"), "*.json")
            .SelectMany(file => ResultsFile.Read(file).Metrics)
            .ToLookup(metric => metric.Key, metric => metric.Value.Minima.Select(launch => launch.RowNanoseconds).DefaultIfEmpty().Min());
        double LeastOf(MetricRow row) => times[row.Key].Where(time => time > 0).DefaultIfEmpty().Min();
        var rows = Catalogue.Rows.Where(row => LeastOf(row) > 0).ToList();
        rows.Should().HaveCountGreaterThan(100);
        rows.Where(row => settings.PairedTolerance(row).AbsoluteNanoseconds > LargestFraction * LeastOf(row))
            .Select(row => $"{row.Label}: {settings.PairedTolerance(row).AbsoluteNanoseconds} ns of {LeastOf(row)} ns")
            .Should().BeEmpty("a row with a larger limit needs a smaller paired.nanoseconds in perfsettings.json");
    }
}
