using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Launches of a row so far, which measure the candidate alone.</summary>
internal sealed class RowLaunches(RowMeasurer measurer, LibraryVersion candidate, MetricRow row)
{
    private readonly List<Launch> _launches = [];

    /// <summary>The launches, in the order of their measurement.</summary>
    public IReadOnlyList<Launch> All => _launches;

    /// <summary>Minima of the launches, which verdicts compare.</summary>
    public IReadOnlyList<LaunchMinima> Minima => [.. _launches.Select(launch => launch.Minima)];

    /// <summary>Value of the row, computed from the launch with the smallest minimum.</summary>
    public double Value => row.ValueOf(_launches.Min(launch => launch.Minima.RowNanoseconds));

    /// <summary>Measures the row in the test process.</summary>
    public void AddHere() =>
        _launches.Add(measurer.Log.Step("Launch 1, in the test process", () => measurer.MeasureHere(row, candidate)));

    /// <summary>Measures the row in a fresh process.</summary>
    public void AddFresh(int process) => _launches.Add(measurer.Log.Step(
        FormattableString.Invariant($"Launch {_launches.Count + 1}, in a fresh process"),
        () => measurer.MeasureFresh(row, candidate, process)));
}
