namespace PerfTests.Verdicts;

/// <summary>How much worse than a stored baseline a figure may be. Both limits must be exceeded.</summary>
/// <param name="Percent">Relative to the baseline.</param>
/// <param name="AbsoluteNanoseconds">
/// Per operation, for times: a percentage of 1 ns is less than what the layout of the code moves.
/// </param>
public sealed record Tolerance(double Percent, double AbsoluteNanoseconds)
{
    /// <summary>The framework that this suite replaces allowed 10 % for each metric.</summary>
    public const double DefaultPercent = 10;

    /// <summary>dotnet/performance's ResultsComparer uses 0.3 ns; the layout noise that we measured is 0.2 ns.</summary>
    public const double DefaultAbsoluteNanoseconds = 0.2;
}
