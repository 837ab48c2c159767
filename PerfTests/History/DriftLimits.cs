using PerfTests.Metrics;
using PerfTests.Verdicts;

namespace PerfTests.History;

/// <summary>Tolerances of rows, by which changes of level are judged.</summary>
/// <param name="Paired">Function that returns the tolerance of a row that is measured side by side with the baseline.</param>
/// <param name="Stored">Function that returns the tolerance of a row that is compared with a stored baseline.</param>
internal sealed record DriftLimits(Func<MetricRow, Tolerance> Paired, Func<MetricRow, Tolerance> Stored);
