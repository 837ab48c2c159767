using System.Globalization;

namespace PerfTests.Reporting.Allure;

/// <summary>A linear axis from left to right.</summary>
/// <param name="Low">The value at the left end.</param>
/// <param name="High">The value at the right end.</param>
/// <param name="Left">The position of the left end.</param>
/// <param name="Right">The position of the right end.</param>
internal sealed record ChartAxis(double Low, double High, double Left, double Right)
{
    private const int MostTicks = 8;
    private const int DensityPoints = 96;

    /// <summary>An axis that shows all these values, with a little room at both ends; it goes below zero only where a value does.</summary>
    public static ChartAxis Around(IReadOnlyCollection<double> values, double left, double right)
    {
        var (low, high) = (values.Min(), values.Max());
        var room = Math.Max((high - low) * 0.05, Math.Abs(high) * 0.005);
        return new ChartAxis(low < 0 ? low - room : Math.Max(low - room, 0), high + room, left, right);
    }

    /// <summary>The position of a value; one beyond an end is put at the end.</summary>
    public double At(double value) => Left + ((Right - Left) * Math.Clamp((value - Low) / (High - Low), 0, 1));

    /// <summary>Round values along the axis.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var first = Math.Ceiling(Low / Step);
            for (var tick = first; tick * Step <= High; tick++)
            {
                yield return tick * Step;
            }
        }
    }

    /// <summary>A tick's value with as many decimals as tell it from its neighbours.</summary>
    public string Label(double tick) =>
        tick.ToString($"N{Math.Clamp((int)-Math.Floor(Math.Log10(Step) + 1e-9), 0, 15)}", CultureInfo.InvariantCulture);

    /// <summary>How densely the values lie along the axis, the densest place being 1: Gaussian kernels, Silverman's width.</summary>
    public IReadOnlyList<(double X, double Height)> Density(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        var mean = sorted.Average();
        var deviation = Math.Sqrt(sorted.Average(value => (value - mean) * (value - mean)));
        var width = Math.Max(0.9 * deviation * Math.Pow(sorted.Length, -0.2), (High - Low) / DensityPoints);
        var (from, to) = (sorted.Min() - (2 * width), sorted.Max() + (2 * width));
        var points = Enumerable.Range(0, DensityPoints + 1).Select(index => from + ((to - from) * index / DensityPoints)).ToArray();
        var heights = Array.ConvertAll(points, point => sorted.Sum(value => Math.Exp(-0.5 * Math.Pow((point - value) / width, 2))));
        var highest = heights.Max();
        return [.. points.Zip(heights, (point, height) => (At(point), height / highest))];
    }

    private double Step => RoundedValue.Step((High - Low) / MostTicks);
}
