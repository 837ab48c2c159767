using System.Globalization;

namespace PerfTests.Reporting.Allure;

/// <summary>Linear axis of a chart, from left to right.</summary>
/// <param name="Low">Value at the left end.</param>
/// <param name="High">Value at the right end.</param>
/// <param name="Left">Position of the left end.</param>
/// <param name="Right">Position of the right end.</param>
internal sealed record ChartAxis(double Low, double High, double Left, double Right)
{
    private const int MaxTicks = 8;
    private const int DensityPoints = 96;

    /// <summary>
    /// Returns an axis around values, with a margin at both ends. The axis extends below zero only if a value is negative.
    /// </summary>
    public static ChartAxis Around(IReadOnlyCollection<double> values, double left, double right)
    {
        var (low, high) = (values.Min(), values.Max());
        var room = Math.Max((high - low) * 0.05, Math.Abs(high) * 0.005);
        return new ChartAxis(low < 0 ? low - room : Math.Max(low - room, 0), high + room, left, right);
    }

    /// <summary>Returns the position of a value. A value beyond an end of the axis gets the position of that end.</summary>
    public double At(double value) => Left + ((Right - Left) * Math.Clamp((value - Low) / (High - Low), 0, 1));

    /// <summary>Round values at which the axis has ticks.</summary>
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

    /// <summary>Returns the label of a tick, with enough decimals to distinguish it from its neighbours.</summary>
    public string Label(double tick) =>
        tick.ToString($"N{Math.Clamp((int)-Math.Floor(Math.Log10(Step) + 1e-9), 0, 15)}", CultureInfo.InvariantCulture);

    /// <summary>Estimates the density of values along the axis, scaled to a maximum of 1 (Gaussian kernels, Silverman's rule).</summary>
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

    private double Step => RoundedValue.Step((High - Low) / MaxTicks);
}
