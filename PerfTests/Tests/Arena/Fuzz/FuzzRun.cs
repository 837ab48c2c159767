using System.Globalization;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Which cases a child runs. A case depends on its seed and number alone.</summary>
/// <param name="ProgressName">The segment where the child says which case it is at.</param>
/// <param name="Seed">The seed of all cases.</param>
/// <param name="First">The first case's number.</param>
/// <param name="Count">How many.</param>
internal sealed record FuzzRun(string ProgressName, ulong Seed, long First, long Count)
{
    internal string[] Arguments => [ProgressName, Text(Seed), Text(First), Text(Count)];

    internal static FuzzRun Parse(string[] arguments) => new(arguments[0], Number<ulong>(arguments[1]), Number<long>(arguments[2]), Number<long>(arguments[3]));

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static T Number<T>(string text) where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
