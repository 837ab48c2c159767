using System.Reflection;
using PerfTests.Planting.Operations;

namespace PerfTests.SelfTest.Coverage;

/// <summary>
/// Finds the length of the loop that slows a row down by a percentage. A processor runs instructions of the loop beside those of
/// the operation, so the time of the loop by itself does not tell.
/// </summary>
internal static class LoopCalibration
{
    /// <summary>Number of loop lengths that are tried at most.</summary>
    private const int MaxSteps = 40;

    /// <summary>Growth of the loop in each step while the row is too fast.</summary>
    private const double Growth = 1.3;

    /// <summary>Returns the shortest of the tried loops that slow the row down by the percentage at least.</summary>
    /// <param name="slowed">Folder of libraries whose slowed operation has a loop of no iterations.</param>
    /// <param name="operation">The slowed operation.</param>
    /// <param name="profile">Row that calls the operation.</param>
    /// <param name="percent">Slowdown of the row, in percent.</param>
    /// <returns>Number of iterations, and the slowdown with them in percent.</returns>
    public static (int Iterations, double Percent) Find(string slowed, Operation operation, RowProfile profile, double percent)
    {
        using var benchmark = new ProfiledBenchmark(profile.Row, slowed);
        var assembly = benchmark.Copy.LoadFromAssemblyName(new AssemblyName(Path.GetFileNameWithoutExtension(operation.Assembly)));
        var without = benchmark.Time();

        // The loop takes at least a quarter of its own time: processors execute few instructions of other code beside it.
        var iterations = Math.Max(1, SlowLoop.IterationsFor(profile.NanosecondsFor(operation, percent)) / 4);
        double reached = 0;
        for (var step = 0; step < MaxSteps; step++)
        {
            SlowLoop.SetFurtherIterations(assembly, iterations);
            reached = 100 * ((benchmark.Time() / Math.Min(without, Unslowed(assembly, benchmark))) - 1);
            if (reached >= percent)
            {
                break;
            }

            iterations = (int)Math.Ceiling(iterations * Math.Max(Growth, reached > 0 ? Math.Min(2, percent / reached) : 2));
        }

        SlowLoop.SetFurtherIterations(assembly, 0);
        return (iterations, reached);
    }

    /// <summary>Returns the time without the loop, measured again, because the speed of a machine changes.</summary>
    private static double Unslowed(Assembly assembly, ProfiledBenchmark benchmark)
    {
        SlowLoop.SetFurtherIterations(assembly, 0);
        return benchmark.Time();
    }
}
