namespace PerfTests.Tests;

/// <summary>
/// Dose of the soak tests, which find more faults the longer they run. By default they run in a small dose. With
/// <c>PERFTESTS_SOAK=full</c>, as in CI, they run in the full dose.
/// </summary>
internal static class Soak
{
    /// <summary>Category of the soak tests: <c>dotnet test --filter Category=Soak</c>.</summary>
    public const string Category = "Soak";

    private const string Variable = "PERFTESTS_SOAK";
    private const string Full = "full";

    /// <summary>True if the soak tests run in the full dose.</summary>
    /// <exception cref="InvalidOperationException">The variable has a value other than <c>full</c>.</exception>
    public static bool IsFull => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => false,
        Full => true,
        var other => throw new InvalidOperationException(
            $"{Variable} is \"{other}\"; set it to \"{Full}\" for the full dose, or unset it."),
    };

    /// <summary>Returns the number of operations, rounds or cases of a soak test.</summary>
    /// <param name="small">Number by default.</param>
    /// <param name="full">Number in the full dose.</param>
    public static int Dose(int small, int full) => IsFull ? full : small;
}
