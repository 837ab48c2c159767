using System.Xml.Linq;
using PerfTests.Results;
using PerfTests.Statistics;
using PerfTests.Verdicts;
using static PerfTests.Reporting.Allure.ChartElements;

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
        var svg = Root(title, Width, Height);
        svg.Add(Text("faint small", 16, 46, Legend(row, band is not null, series.Any(one => one.BeyondCount > 0))));
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
        RowFigures.Of(row) is { Base: { } value, LimitPercent: { } percent } ? ToleranceBand.Around(value, percent) : null;

    private static string Legend(MetricResult row, bool hasBand, bool hasOutliers)
    {
        var minimum = MetricUnit.ByName[row.Unit].Better == Direction.Lower ? "minimum" : "value of the fastest batch";
        var figures = RowFigures.Of(row);
        var band = hasBand ? Invariant($"; green: baseline ± {figures.LimitPercent:0.##} %") : string.Empty;
        var adjusted = figures.Source == FigureSource.AdjustedBaseline ? "; baseline adjusted to this machine's speed" : string.Empty;
        var outliers = hasOutliers ? "; far outliers are not drawn" : string.Empty;
        return $"long line: median; triangle: {minimum}, which is judged{band}{adjusted}{outliers}";
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
        var count = series.Values.Count;
        yield return Text("faint small", 16, y + 13, Invariant($"{count:N0} {CountText.Noun(count, "sample")}"));
        var density = axis.Density(series.Usual);
        var upper = density.Select(point => Invariant($"{point.X:0.#},{y - (HalfViolin * point.Height):0.#}"));
        var lower = density.Reverse().Select(point => Invariant($"{point.X:0.#},{y + (HalfViolin * point.Height):0.#}"));
        yield return new XElement(
            Svg + "polygon",
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
            new XElement(Svg + "title", $"median {ValueText.Format(median, unit)}"));
        if (series.Judged is { } judged)
        {
            var x = axis.At(judged);
            var (top, bottom) = (y + HalfViolin - 6, y + HalfViolin + 6);
            yield return new XElement(
                Svg + "polygon",
                new XAttribute("class", series.Class),
                new XAttribute("points", Invariant($"{x - 6:0.#},{bottom:0.#} {x + 6:0.#},{bottom:0.#} {x:0.#},{top:0.#}")),
                new XElement(Svg + "title", $"judged value {ValueText.Format(judged, unit)}"));
        }

        if (series.BeyondCount > 0)
        {
            yield return Text("faint small", 16, y + 29, Invariant($"{series.BeyondCount:N0} not drawn"));
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
