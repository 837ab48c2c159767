using System.Globalization;
using System.Xml.Linq;
using static PerfTests.Reporting.Allure.ChartElements;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Draws times by the number of live blocks, one line per operation. Both axes are logarithmic.</summary>
internal static class GrowthChart
{
    /// <summary>Name of the file beside the tables.</summary>
    public const string FileName = "growth.svg";

    private const double Width = 860, Height = 460;
    private const double Left = 80, Right = 600, Top = 64, Bottom = 400;

    /// <summary>Smallest distance between the names of two lines.</summary>
    private const double NameHeight = 18;

    /// <summary>Colours that people with defective colour vision can distinguish, on a light and on a dark background.</summary>
    private static readonly string[] s_colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9"];

    /// <summary>Returns the SVG; null if no time was measured at two numbers of live blocks.</summary>
    /// <param name="rows">Rows of the comparison, of which those with a number of live blocks are drawn.</param>
    /// <param name="growth">Times of single operations.</param>
    public static string? Render(IEnumerable<AllocatorComparisonRow> rows, IEnumerable<GrowthRow> growth)
    {
        var series = SeriesOf(rows, growth)
            .Where(one => one.Points.Length > 1)
            .OrderByDescending(one => one.Points[^1].Nanoseconds)
            .ToArray();
        if (series.Length == 0)
        {
            return null;
        }

        var points = series.SelectMany(one => one.Points).ToArray();
        var (fewest, most) = (Math.Log10(points.Min(point => point.Blocks)), Math.Log10(points.Max(point => point.Blocks)));
        var low = Math.Floor(Math.Log10(points.Min(point => point.Nanoseconds)));
        var high = Math.Max(low + 1, Math.Ceiling(Math.Log10(points.Max(point => point.Nanoseconds))));
        var svg = Root("Time of one operation by the number of live blocks", Width, Height);
        const string explanation =
            "medians; both axes are logarithmic; blocks have 64 B unless the line names another size; churn: one free and one allocation";
        svg.Add(Text("faint small", 16, 46, explanation));
        for (var power = low; power <= high; power++)
        {
            svg.Add(Element("line", "grid", ("x1", Left), ("x2", Right), ("y1", Y(power)), ("y2", Y(power))));
            svg.Add(Anchored("faint small", Left - 8, Y(power) + 4, GrowthTable.Time(Math.Pow(10, power)), "end"));
        }

        foreach (var blocks in points.Select(point => point.Blocks).Distinct().Order())
        {
            svg.Add(Anchored("text small", X(blocks), Bottom + 20, blocks.ToString("N0", CultureInfo.InvariantCulture), "middle"));
        }

        var nameAt = double.NegativeInfinity;
        for (var index = 0; index < series.Length; index++)
        {
            var (name, line) = series[index];
            var colour = s_colours[index % s_colours.Length];
            svg.Add(Line(line, colour, isDashed: index >= s_colours.Length));

            // The lines are drawn from the highest end to the lowest, so each name is placed below the name before.
            nameAt = Math.Max(nameAt + NameHeight, Y(Math.Log10(line[^1].Nanoseconds)) + 4);
            svg.Add(With(Text("small", Right + 10, nameAt, name), new XAttribute("style", $"fill: {colour}")));
        }

        return svg + "\n";

        double X(int blocks) => Left + ((Right - Left) * (Math.Log10(blocks) - fewest) / (most - fewest));

        double Y(double power) => Bottom - ((Bottom - Top) * (power - low) / (high - low));

        XElement Line((int Blocks, double Nanoseconds)[] line, string colour, bool isDashed) => new(
            Svg + "polyline",
            new XAttribute("style", $"fill: none; stroke: {colour}; stroke-width: 2; stroke-dasharray: {(isDashed ? "6 3" : "none")}"),
            new XAttribute("points", string.Join(' ', line.Select(point =>
                FormattableString.Invariant($"{X(point.Blocks):0.#},{Y(Math.Log10(point.Nanoseconds)):0.#}")))));
    }

    private static XElement Anchored(string @class, double x, double y, string text, string anchor) =>
        With(Text(@class, x, y, text), new XAttribute("text-anchor", anchor));

    private static IEnumerable<(string Name, (int Blocks, double Nanoseconds)[] Points)> SeriesOf(
        IEnumerable<AllocatorComparisonRow> rows, IEnumerable<GrowthRow> growth)
    {
        foreach (var churn in rows.Where(row => row.LiveBlocks > 0).OrderBy(row => row.LiveBlocks).GroupBy(row => row.BlockBytes))
        {
            var name = $"churn of {Workload.RandomChurn.SizeText(churn.Key)}";
            yield return ($"{name}, arena", [.. churn.Select(row => (row.LiveBlocks!.Value, row.ArenaNanoseconds.Median))]);
            yield return (
                $"{name}, mimalloc",
                [
                    .. churn.SelectMany(row => row.Others.Where(other => other.NativeLoopNanoseconds is not null)
                        .Select(other => (row.LiveBlocks!.Value, other.NativeLoopNanoseconds!.Median))),
                ]);
        }

        foreach (var operation in growth.Where(row => row.Axis == GrowthSeries.LiveBlocks).GroupBy(row => row.Operation))
        {
            yield return (
                operation.Key, [.. operation.OrderBy(row => row.Size).Select(row => (row.Size, row.Nanoseconds.Median))]);
        }
    }
}
