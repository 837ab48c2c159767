using System.Globalization;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Formats changes in percent.</summary>
internal static class Change
{
    /// <summary>Returns the change of a row's value, positive for a larger value; a dash if the value was not compared.</summary>
    public static string Of(MetricResult row) => row.Judgement?.WorsePercent is { } worse
        ? Format(MetricUnit.ByName[row.Unit].Better == Direction.Lower ? worse : -worse)
        : "-";

    /// <summary>Returns a percentage with its sign, e.g. <c>+2.1 %</c>.</summary>
    public static string Format(double percent) => percent.ToString("+0.0' %';-0.0' %';0.0' %'", CultureInfo.InvariantCulture);
}
