using System.Xml.Linq;
using PerfTests.Results;
using static PerfTests.Reporting.Allure.ChartElements;

namespace PerfTests.Reporting.Allure;

/// <summary>Draws the percentiles of the durations of single operations, one line per launch, on a logarithmic axis.</summary>
internal static class PercentileChart
{
    private const double Width = 760, Height = 320;
    private const double Left = 90, Right = 720, Top = 64, Bottom = 260;

    private static readonly string[] s_names = ["50 %", "99 %", "99.9 %", "maximum"];

    /// <summary>Returns the SVG; null if the row has no percentiles.</summary>
    public static string? Render(MetricResult row)
    {
        double[][] launches =
        [
            .. (row.Launches ?? []).Select(launch => launch.Percentiles).OfType<LatencyPercentiles>().Select(Values)
                .Where(values => Array.TrueForAll(values, value => value > 0 && double.IsFinite(value))),
        ];
        if (launches.Length == 0)
        {
            return null;
        }

        var low = Math.Floor(Math.Log10(launches.Min(values => values.Min())));
        var high = Math.Max(low + 1, Math.Ceiling(Math.Log10(launches.Max(values => values.Max()))));
        var svg = Root($"{TestIdentity.Of(row).DisplayName}: percentiles of single durations", Width, Height);
        svg.Add(Text("faint small", 16, 46, "one line per launch; the 99th percentile is judged; a duration includes reading the clock"));
        for (var power = low; power <= high; power++)
        {
            svg.Add(Element("line", "grid", ("x1", Left), ("x2", Right), ("y1", Y(power)), ("y2", Y(power))));
            svg.Add(With(
                Text("faint small", Left - 8, Y(power) + 4, ValueText.Format(Math.Pow(10, power), MetricUnit.Nanoseconds)),
                new XAttribute("text-anchor", "end")));
        }

        for (var index = 0; index < s_names.Length; index++)
        {
            svg.Add(With(Text("text small", X(index), Bottom + 20, s_names[index]), new XAttribute("text-anchor", "middle")));
        }

        svg.Add(launches.Select(Line));
        return svg + "\n";

        double Y(double power) => Bottom - ((Bottom - Top) * (power - low) / (high - low));

        XElement Line(double[] values) => new(
            Svg + "polyline",
            new XAttribute("class", "run"),
            new XAttribute("style", "fill: none; stroke-width: 2"),
            new XAttribute("points", string.Join(' ', values.Select((value, index) =>
                FormattableString.Invariant($"{X(index):0.#},{Y(Math.Log10(value)):0.#}")))),
            new XElement(Svg + "title", string.Join(", ", values.Select((value, index) =>
                $"{s_names[index]}: {ValueText.Format(value, MetricUnit.Nanoseconds)}"))));
    }

    private static double X(int index) => Left + 40 + ((Right - Left - 80) * index / (s_names.Length - 1));

    private static double[] Values(LatencyPercentiles one) =>
        [one.P50Nanoseconds, one.P99Nanoseconds, one.P999Nanoseconds, one.MaximumNanoseconds];
}
