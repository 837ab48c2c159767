using System.Globalization;

namespace PerfTests.Tests;

/// <summary>
/// Dose of the soak tests, which find more faults the longer they run. By default they run in a small dose. With
/// <c>PERFTESTS_SOAK=full</c>, as in CI, they run in the full dose; with a number, in that many full doses.
/// </summary>
internal static class Soak
{
    /// <summary>Category of the soak tests: <c>dotnet test --filter Category=Soak</c>.</summary>
    public const string Category = "Soak";

    private const string Variable = "PERFTESTS_SOAK";
    private const string Full = "full";

    /// <summary>True if the soak tests run in the full dose or more.</summary>
    /// <exception cref="InvalidOperationException">The variable has neither the value <c>full</c> nor a positive number.</exception>
    public static bool IsFull => FullDoses > 0;

    private static int FullDoses => DosesOf(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Returns the number of operations, rounds or cases of a soak test.</summary>
    /// <param name="small">Number by default.</param>
    /// <param name="full">Number in the full dose.</param>
    public static int Dose(int small, int full) => IsFull ? (int)Math.Min((long)FullDoses * full, int.MaxValue) : small;

    /// <summary>Returns the number of full doses that a value of the variable stands for; 0 stands for the small dose.</summary>
    internal static int DosesOf(string? value) => value switch
    {
        null or "" => 0,
        Full => 1,
        _ when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var doses) && doses > 0 => doses,
        var other => throw new InvalidOperationException(
            $"{Variable} is \"{other}\"; set it to \"{Full}\" for the full dose or to a number of full doses, or unset it."),
    };
}
