using PerfTests.Verdicts;

namespace PerfTests.Tests.Verdicts;

/// <summary>Creates paired processes with given statistics.</summary>
internal static class PairedData
{
    private const int Copies = 2;
    private const int Samples = 5;

    /// <summary>
    /// Returns processes in which the candidate and the A/A control take some percent longer than the baseline. One percentage
    /// applies to the wall-clock times, which the ratio of minima uses; the other applies to the CPU times, which the median of
    /// pair ratios uses.
    /// </summary>
    public static PairedProcess[] Processes(
        int count,
        double minimaPercent,
        double pairsPercent,
        double nanoseconds = 100,
        double controlMinimaPercent = 0,
        double controlPairsPercent = 0) =>
        [.. Enumerable.Range(0, count).Select(_ => new PairedProcess(
            Slower(nanoseconds, 0, 0), Slower(nanoseconds, minimaPercent, pairsPercent), Slower(
                nanoseconds, controlMinimaPercent, controlPairsPercent)))];

    private static CopySamples[] Slower(double nanoseconds, double wallPercent, double cpuPercent) =>
        [.. Enumerable.Range(0, Copies).Select(_ => new CopySamples(Series(nanoseconds, wallPercent), Series(nanoseconds, cpuPercent)))];

    private static double[] Series(double nanoseconds, double percent) =>
        [.. Enumerable.Repeat(nanoseconds * (1 + (percent / 100)), Samples)];
}
