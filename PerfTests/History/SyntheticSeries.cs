namespace PerfTests.History;

/// <summary>
/// Series of invented values, for measuring how often change points are found. The noise is like that of a row: 1 to 2 %, with a few values
/// far from the rest (Student's t distribution with three degrees of freedom).
/// </summary>
/// <param name="Name">Name of the situation.</param>
/// <param name="Levels">Returns the level of each value without noise.</param>
/// <param name="OutlierShare">Fraction of the values that are 10 to 50 % too high.</param>
internal sealed record SyntheticSeries(string Name, Func<Random, double[]> Levels, double OutlierShare = 0)
{
    /// <summary>Number of values of a series.</summary>
    public const int Length = 60;

    private const int MinDistanceFromEnds = 15;
    private const int RecentDistance = 7;

    /// <summary>Situations that are evaluated. In the first two, nothing changes.</summary>
    public static IReadOnlyList<SyntheticSeries> All { get; } =
    [
        new("no change", _ => Steps(Length, 0)),
        new("no change, 5 % outliers", _ => Steps(Length, 0), OutlierShare: 0.05),
        new("step of 2 %", random => Steps(Anywhere(random), 0.02)),
        new("step of 5 %", random => Steps(Anywhere(random), 0.05)),
        new("step of 10 %", random => Steps(Anywhere(random), 0.10)),
        new("step of 5 %, 5 % outliers", random => Steps(Anywhere(random), 0.05), OutlierShare: 0.05),
        new("step of 5 %, 7 runs ago", _ => Steps(Length - RecentDistance, 0.05)),
        new("step of 10 %, 7 runs ago", _ => Steps(Length - RecentDistance, 0.10)),
        new("ramp of 5 % over all runs", _ => Ramp(0.05)),
        new("ramp of 10 % over all runs", _ => Ramp(0.10)),
    ];

    /// <summary>Returns a series, and the index of its step; the index is null if the series has no step.</summary>
    public (double[] Values, int? Step) Create(Random random)
    {
        var levels = Levels(random);
        var noise = 0.01 + (0.01 * random.NextDouble());
        var step = Array.FindIndex(levels, level => level != levels[0]);
        var isStep = step > 0 && levels.Distinct().Count() == 2;
        return ([.. levels.Select(level => level * Math.Exp(noise * HeavyTailed(random)) * Outlier(random))], isStep ? step : null);
    }

    private static int Anywhere(Random random) => random.Next(MinDistanceFromEnds, Length - MinDistanceFromEnds + 1);

    private static double[] Steps(int start, double change) =>
        [.. Enumerable.Range(0, Length).Select(index => index < start ? 100 : 100 * (1 + change))];

    private static double[] Ramp(double change) =>
        [.. Enumerable.Range(0, Length).Select(index => 100 * (1 + (change * index / (Length - 1))))];

    private double Outlier(Random random) => random.NextDouble() < OutlierShare ? 1.1 + (0.4 * random.NextDouble()) : 1;

    /// <summary>Returns a value of Student's t distribution with three degrees of freedom, scaled to a standard deviation of 1.</summary>
    private static double HeavyTailed(Random random)
    {
        const int Freedom = 3;
        var squares = Enumerable.Range(0, Freedom).Sum(_ => Math.Pow(Normal(random), 2));
        return Normal(random) / Math.Sqrt(squares / Freedom) / Math.Sqrt(Freedom);
    }

    /// <summary>Returns a value of the standard normal distribution (Box and Muller 1958).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
