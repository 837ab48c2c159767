using System.Globalization;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Cases that a child runs. The damage of a case depends only on the seed and on the number of the case.</summary>
/// <param name="ProgressName">Name of the segment with the child's <see cref="FuzzProgress"/>.</param>
/// <param name="Seed">Seed of all cases.</param>
/// <param name="First">Number of the first case.</param>
/// <param name="Count">Number of cases.</param>
internal sealed record FuzzRun(string ProgressName, ulong Seed, long First, long Count)
{
    internal string[] Arguments => [ProgressName, Text(Seed), Text(First), Text(Count)];

    internal static FuzzRun Parse(string[] arguments) =>
        new(arguments[0], Number<ulong>(arguments[1]), Number<long>(arguments[2]), Number<long>(arguments[3]));

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static T Number<T>(string text) where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
