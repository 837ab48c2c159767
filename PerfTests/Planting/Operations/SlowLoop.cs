using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PerfTests.Planting.Operations;

/// <summary>
/// Loop that <see cref="OperationWeaver.Slow"/> adds to an operation. The number of iterations is a constant and the value of a
/// static field, which is 0 unless <see cref="SetFurtherIterations"/> changes it.
/// </summary>
internal static class SlowLoop
{
    /// <summary>Name of the type that contains the field.</summary>
    public const string TypeName = "PlantedSlowLoop";

    /// <summary>Name of the field.</summary>
    public const string FieldName = "FurtherIterations";

    private const int Iterations = 1_000_000;
    private const int Attempts = 20;

    private static readonly double s_nanosecondsPerIteration = Measure();

    /// <summary>Returns the number of iterations that take a time by themselves, at least one.</summary>
    public static int IterationsFor(double nanoseconds) =>
        (int)Math.Clamp(Math.Round(nanoseconds / s_nanosecondsPerIteration), 1, int.MaxValue / 2);

    /// <summary>Sets the number of iterations beyond the constant, in a loaded copy of the libraries.</summary>
    /// <param name="assembly">Assembly that contains the slowed operation.</param>
    /// <param name="iterations">Number of further iterations.</param>
    public static void SetFurtherIterations(Assembly assembly, int iterations) =>
        assembly.GetType(TypeName, throwOnError: true)!.GetField(FieldName)!.SetValue(null, iterations);

    private static double Measure()
    {
        var fewest = double.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            Run(Iterations);
            fewest = Math.Min(fewest, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return fewest / Iterations;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(int iterations)
    {
        while (iterations > 0)
        {
            iterations--;
        }
    }
}
