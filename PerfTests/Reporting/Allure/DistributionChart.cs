using System.Globalization;
using System.Xml.Linq;
using PerfTests.Results;
using PerfTests.Statistics;
using PerfTests.Verdicts;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Draws the samples of a row and of its baseline as two violin plots on one axis, in SVG. Blue and orange are from Okabe and
/// Ito's palette, whose colours colour-blind people can distinguish. The position and the label of each violin plot distinguish
/// the two plots as well.
/// </summary>
internal static class DistributionChart
{
    private const double Width = 760;
    private const double Height = 284;
    private const double Left = 110;
    private const double Right = 730;
    private const double PlotTop = 64;
    private const double PlotBottom = 230;
    private const double HalfViolin = 30;

    /// <summary>Styles for a light and a dark theme; the viewing program chooses one. The chart paints its own background.</summary>
    private const string Style = """
        .back { fill: #ffffff } .text { fill: #1f2328 } .faint { fill: #57606a } .line { stroke: #57606a } .grid { stroke: #d0d7de }
        .run { fill: #0072b2; stroke: #0072b2 } .base { fill: #d07f00; stroke: #d07f00 } .band { fill: #009e73; fill-opacity: 0.15 }
        text { font: 13px system-ui, sans-serif; stroke: none } .small { font-size: 12px } .title { font-size: 15px; font-weight: 600 }
        @media (prefers-color-scheme: dark) {
          .back { fill: #0d1117 } .text { fill: #e6edf3 } .faint { fill: #a5aeb8 } .line { stroke: #a5aeb8 } .grid { stroke: #30363d }
          .run { fill: #56b4e9; stroke: #56b4e9 } .base { fill: #e69f00; stroke: #e69f00 } .band { fill-opacity: 0.3 }
        }
        """;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    /// <summary>Returns the SVG; null if the row has no samples.</summary>
    public static string? Render(MetricResult row)
    {
        var series = DistributionSeries.Of(row);
        if (series.Count == 0)
        {
            return null;
        }

        var unit = MetricUnit.ByName[row.Unit];
        var band = Band(row);
        double[] limits = band is null ? [] : [band.Low, band.High];
        var axis = ChartAxis.Around([.. series.SelectMany(one => one.Usual), .. limits], Left, Right);
        var title = $"{TestIdentity.Of(row).DisplayName}: samples in {unit.Symbol}";
        var svg = new XElement(
            s_svg + "svg",
            new XAttribute("viewBox", Invariant($"0 0 {Width} {Height}")),
            new XAttribute("width", Width),
            new XAttribute("height", Height),
            new XAttribute("role", "img"),
            new XElement(s_svg + "title", SafeText.Xml(title)),
            new XElement(s_svg + "style", Style),
            Element("rect", "back", ("width", Width), ("height", Height)),
            Text("text title", 16, 26, title),
            Text("faint small", 16, 46, Legend(row, band is not null, series.Any(one => one.BeyondCount > 0))));
        if (band is { } tolerance)
        {
            var left = axis.At(tolerance.Low);
            svg.Add(Element(
                "rect", "band", ("x", left), ("y", PlotTop), ("width", axis.At(tolerance.High) - left), ("height", PlotBottom - PlotTop)));
        }

        svg.Add(Axis(axis, unit, row));
        var step = (PlotBottom - PlotTop) / series.Count;
        svg.Add(series.Select((one, index) => Violin(one, axis, PlotTop + (step * (index + 0.5)), unit)));
        return svg + "\n";
    }

    private static ToleranceBand? Band(MetricResult row) =>
        row is { Judgement.BaselineValue: { } value, TolerancePercent: { } percent } ? ToleranceBand.Around(value, percent) : null;

    private static string Legend(MetricResult row, bool hasBand, bool hasOutliers)
    {
        var minimum = MetricUnit.ByName[row.Unit].Better == Direction.Lower ? "minimum" : "value of the fastest batch";
        var band = hasBand ? Invariant($"; green: baseline ± {row.TolerancePercent:0.##} %") : string.Empty;
        var outliers = hasOutliers ? "; far outliers are not drawn" : string.Empty;
        return $"long line: median; triangle: {minimum}, which is judged{band}{outliers}";
    }

    private static IEnumerable<XElement> Axis(ChartAxis axis, MetricUnit unit, MetricResult row)
    {
        foreach (var tick in axis.Ticks)
        {
            yield return Element("line", "grid", ("x1", axis.At(tick)), ("x2", axis.At(tick)), ("y1", PlotTop), ("y2", PlotBottom));
            yield return With(
                Text("faint small", axis.At(tick), PlotBottom + 18, axis.Label(tick)), new XAttribute("text-anchor", "middle"));
        }

        yield return Element("line", "line", ("x1", Left), ("x2", Right), ("y1", PlotBottom), ("y2", PlotBottom));
        yield return With(
            Text(
                "text small",
                (Left + Right) / 2,
                PlotBottom + 38,
                $"{row.Title ?? row.Name} ({unit.Symbol}, {(unit.Better == Direction.Lower ? "smaller" : "larger")} is better)"),
            new XAttribute("text-anchor", "middle"));
    }

    private static IEnumerable<XElement> Violin(DistributionSeries series, ChartAxis axis, double y, MetricUnit unit)
    {
        yield return Text("text", 16, y - 4, series.Label);
        yield return Text("faint small", 16, y + 13, Invariant($"{series.Values.Count:N0} samples"));
        var density = axis.Density(series.Usual);
        var upper = density.Select(point => Invariant($"{point.X:0.#},{y - (HalfViolin * point.Height):0.#}"));
        var lower = density.Reverse().Select(point => Invariant($"{point.X:0.#},{y + (HalfViolin * point.Height):0.#}"));
        yield return new XElement(
            s_svg + "polygon",
            new XAttribute("class", series.Class),
            new XAttribute("fill-opacity", "0.35"),
            new XAttribute("points", string.Join(' ', upper.Concat(lower))));
        var median = Median.Of(series.Values);
        yield return With(
            Element(
                "line",
                series.Class,
                ("x1", axis.At(median)),
                ("x2", axis.At(median)),
                ("y1", y - HalfViolin - 4),
                ("y2", y + HalfViolin + 4),
                ("stroke-width", 2.5)),
            new XElement(s_svg + "title", $"median {ValueText.Format(median, unit)}"));
        if (series.Judged is { } judged)
        {
            var x = axis.At(judged);
            var (top, bottom) = (y + HalfViolin - 6, y + HalfViolin + 6);
            yield return new XElement(
                s_svg + "polygon",
                new XAttribute("class", series.Class),
                new XAttribute("points", Invariant($"{x - 6:0.#},{bottom:0.#} {x + 6:0.#},{bottom:0.#} {x:0.#},{top:0.#}")),
                new XElement(s_svg + "title", $"judged value {ValueText.Format(judged, unit)}"));
        }

        if (series.BeyondCount > 0)
        {
            yield return Text("faint small", 16, y + 29, Invariant($"{series.BeyondCount:N0} not drawn"));
        }
    }

    private static XElement Element(string name, string @class, params (string Name, double Value)[] attributes) => new(
        s_svg + name,
        new XAttribute("class", @class),
        attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value.ToString("0.##", CultureInfo.InvariantCulture))));

    private static XElement Text(string @class, double x, double y, string text) => With(
        Element("text", @class, ("x", x), ("y", y)), SafeText.Xml(SafeText.OneLine(text)));

    private static XElement With(XElement element, params object[] content)
    {
        element.Add(content);
        return element;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
