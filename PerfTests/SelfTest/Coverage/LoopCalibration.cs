using System.Diagnostics;
using System.Reflection;
using PerfTests.Planting.Operations;
using PerfTests.Statistics;

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

    /// <summary>Number of ratios of two times that each loop is judged by.</summary>
    private const int MinRatios = 5, MaxRatios = 25;

    private static readonly TimeSpan s_ratioBudget = TimeSpan.FromSeconds(0.3);

    /// <summary>Returns the shortest of the tried loops that slow the row down by the percentage at least.</summary>
    /// <param name="slowed">Folder of libraries whose slowed operation has a loop of no iterations.</param>
    /// <param name="operation">The slowed operation.</param>
    /// <param name="profile">Row that calls the operation.</param>
    /// <param name="percent">Slowdown of the row, in percent.</param>
    /// <returns>Number of iterations.</returns>
    public static int Find(string slowed, Operation operation, RowProfile profile, double percent)
    {
        using var benchmark = new ProfiledBenchmark(profile.Row, slowed);
        var assembly = benchmark.Copy.LoadFromAssemblyName(new AssemblyName(Path.GetFileNameWithoutExtension(operation.Assembly)));

        // The loop takes at least a quarter of its own time: processors execute few instructions of other code beside it.
        var iterations = Math.Max(1, SlowLoop.IterationsFor(profile.NanosecondsFor(operation, percent)) / 4);
        for (var step = 0; step < MaxSteps; step++)
        {
            var reached = 100 * (SlowdownOf(benchmark, assembly, iterations) - 1);
            if (reached >= percent)
            {
                break;
            }

            iterations = (int)Math.Ceiling(iterations * Math.Max(Growth, reached > 0 ? Math.Min(2, percent / reached) : 2));
        }

        return iterations;
    }

    /// <summary>
    /// Returns the time with the loop divided by the time without it: the median of several ratios, because the speed of a machine
    /// changes.
    /// </summary>
    private static double SlowdownOf(ProfiledBenchmark benchmark, Assembly assembly, int iterations)
    {
        var ratios = new List<double>();
        var start = Stopwatch.GetTimestamp();
        while (ratios.Count < MinRatios || (ratios.Count < MaxRatios && Stopwatch.GetElapsedTime(start) < s_ratioBudget))
        {
            SlowLoop.SetFurtherIterations(assembly, 0);
            var without = benchmark.Time();
            SlowLoop.SetFurtherIterations(assembly, iterations);
            ratios.Add(benchmark.Time() / without);
        }

        SlowLoop.SetFurtherIterations(assembly, 0);
        return Median.Of(ratios);
    }
}
