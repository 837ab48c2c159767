using System.Globalization;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Cases that a child runs. The damage of a case depends only on the seed and on the number of the case.</summary>
/// <param name="ProgressName">Name of the segment with the child's <see cref="FuzzProgress"/>.</param>
/// <param name="Place">Place of the arena.</param>
/// <param name="Directory">Directory of the arena's file.</param>
/// <param name="Seed">Seed of all cases.</param>
/// <param name="First">Number of the first case.</param>
/// <param name="Count">Number of cases.</param>
internal sealed record FuzzRun(string ProgressName, FuzzPlace Place, string Directory, ulong Seed, long First, long Count)
{
    internal string[] Arguments => [ProgressName, Place.ToString(), Directory, Text(Seed), Text(First), Text(Count)];

    internal static FuzzRun Parse(string[] arguments) =>
        new(
        arguments[0], Enum.Parse<FuzzPlace>(arguments[1]), arguments[2], Number<ulong>(arguments[3]), Number<long>(arguments[4]),
        Number<long>(arguments[5]));

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static T Number<T>(string text) where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
