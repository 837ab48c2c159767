using System.Globalization;
using System.Xml.Linq;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Statistics;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// The samples of a figure against those of its baseline, as an SVG: a violin each, on one axis. Blue and orange
/// of Okabe and Ito's palette can be told apart by colour-blind people; the position and the words say it too.
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

    /// <summary>Both themes are in the file: where it is shown is not known here. It paints its own background.</summary>
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

    /// <summary>The SVG, or null where there are no samples.</summary>
    public static string? Render(MetricResult figure)
    {
        var series = DistributionSeries.Of(figure);
        if (series.Count == 0)
        {
            return null;
        }

        var unit = MetricUnit.ByName[figure.Unit];
        var band = Band(figure);
        var axis = ChartAxis.Around([.. series.SelectMany(one => one.Usual), .. band is { } limits ? [limits.Low, limits.High] : Array.Empty<double>()], Left, Right);
        var title = $"{TestIdentity.Of(figure).DisplayName}: samples in {unit.Symbol}";
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
            Text("faint small", 16, 46, Legend(figure, band is not null, series.Any(one => one.BeyondCount > 0))));
        if (band is { } tolerance)
        {
            svg.Add(Element("rect", "band", ("x", axis.At(tolerance.Low)), ("y", PlotTop), ("width", axis.At(tolerance.High) - axis.At(tolerance.Low)), ("height", PlotBottom - PlotTop)));
        }

        svg.Add(Axis(axis, unit, figure));
        var step = (PlotBottom - PlotTop) / series.Count;
        svg.Add(series.Select((one, index) => Violin(one, axis, PlotTop + (step * (index + 0.5)), unit)));
        return svg + "\n";
    }

    private static (double Low, double High)? Band(MetricResult figure) =>
        figure is { Judgement.BaselineValue: { } value, TolerancePercent: { } percent }
            ? (value * (1 - (Math.Min(percent, 100) / 100)), value * (1 + (percent / 100)))
            : null;

    private static string Legend(MetricResult figure, bool hasBand, bool hasOutliers)
    {
        var floor = MetricUnit.ByName[figure.Unit].Better == Direction.Lower ? "floor" : "floor of the time";
        return $"long line: median; triangle: {floor}, which is judged{(hasBand ? Invariant($"; green: baseline ± {figure.TolerancePercent:0.##} %") : string.Empty)}{(hasOutliers ? "; far outliers are not drawn" : string.Empty)}";
    }

    private static IEnumerable<XElement> Axis(ChartAxis axis, MetricUnit unit, MetricResult figure)
    {
        foreach (var tick in axis.Ticks)
        {
            yield return Element("line", "grid", ("x1", axis.At(tick)), ("x2", axis.At(tick)), ("y1", PlotTop), ("y2", PlotBottom));
            yield return With(Text("faint small", axis.At(tick), PlotBottom + 18, axis.Label(tick)), new XAttribute("text-anchor", "middle"));
        }

        yield return Element("line", "line", ("x1", Left), ("x2", Right), ("y1", PlotBottom), ("y2", PlotBottom));
        yield return With(
            Text("text small", (Left + Right) / 2, PlotBottom + 38, $"{figure.Title ?? figure.Name} ({unit.Symbol}, {(unit.Better == Direction.Lower ? "smaller" : "larger")} is better)"),
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
            Element("line", series.Class, ("x1", axis.At(median)), ("x2", axis.At(median)), ("y1", y - HalfViolin - 4), ("y2", y + HalfViolin + 4), ("stroke-width", 2.5)),
            new XElement(s_svg + "title", $"median {ValueText.Format(median, unit)}"));
        if (series.Floor is { } floor)
        {
            var x = axis.At(floor);
            yield return new XElement(
                s_svg + "polygon",
                new XAttribute("class", series.Class),
                new XAttribute("points", Invariant($"{x - 6:0.#},{y + HalfViolin + 6:0.#} {x + 6:0.#},{y + HalfViolin + 6:0.#} {x:0.#},{y + HalfViolin - 6:0.#}")),
                new XElement(s_svg + "title", $"floor {ValueText.Format(floor, unit)}"));
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
