using System.Globalization;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>A change in percent, for people.</summary>
internal static class Change
{
    /// <summary>The change of a figure in the direction of its unit, or a dash.</summary>
    public static string Of(MetricResult figure) => figure.Judgement?.WorsePercent is { } worse
        ? Format(MetricUnit.ByName[figure.Unit].Better == Direction.Lower ? worse : -worse)
        : "-";

    /// <summary>E.g. <c>+2.1 %</c>.</summary>
    public static string Format(double percent) => percent.ToString("+0.0' %';-0.0' %';0.0' %'", CultureInfo.InvariantCulture);
}
