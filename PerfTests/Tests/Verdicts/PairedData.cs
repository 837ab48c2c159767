using PerfTests.Verdicts;

namespace PerfTests.Tests.Verdicts;

/// <summary>Creates paired processes with given statistics.</summary>
internal static class PairedData
{
    private const int Copies = 5;
    private const int Samples = 5;

    /// <summary>
    /// Returns processes in which the candidate and the A/A control take some percent longer than the baseline. Minima are of the wall
    /// clock, pairs of the CPU clock. The samples of the first copy are the minima; those of all others give the medians of pair ratios.
    /// </summary>
    /// <param name="count">Number of processes.</param>
    /// <param name="minimaPercent">Ratio of the candidate's minimum to the baseline's, minus 100 %.</param>
    /// <param name="pairsPercent">Median of pair ratios by the CPU clock, minus 100 %.</param>
    /// <param name="nanoseconds">
    /// CPU time of the baseline, and its shortest time by the wall clock. All other copies take twice as long by the wall clock.
    /// </param>
    /// <param name="controlMinimaPercent">Ratio of the control's minimum to the baseline's, minus 100 %.</param>
    /// <param name="controlPairsPercent">Median of pair ratios of the control by both clocks, minus 100 %.</param>
    /// <param name="wallPairsPercent">Median of pair ratios by the wall clock, minus 100 %; null for the same as by the CPU clock.</param>
    public static PairedProcess[] Processes(
        int count,
        double minimaPercent,
        double pairsPercent,
        double nanoseconds = 100,
        double controlMinimaPercent = 0,
        double controlPairsPercent = 0,
        double? wallPairsPercent = null) =>
        [.. Enumerable.Range(0, count).Select(_ => new PairedProcess(
            Slower(nanoseconds, 0, 0, 0),
            Slower(nanoseconds, minimaPercent, wallPairsPercent ?? pairsPercent, pairsPercent),
            Slower(nanoseconds, controlMinimaPercent, controlPairsPercent, controlPairsPercent)))];

    /// <summary>
    /// Returns processes in which the candidate takes some percent longer than the baseline in the median, and its samples spread.
    /// </summary>
    /// <param name="count">Number of processes.</param>
    /// <param name="percent">All statistics of the candidate, minus 100 %.</param>
    /// <param name="spread">Largest distance of a sample from the median, as a fraction of it.</param>
    public static PairedProcess[] Spread(int count, double percent, double spread)
    {
        return [.. Processes(count, percent, percent).Select(process => process with
        {
            Candidate = [.. process.Candidate.Select(copy => new CopySamples(Around(copy.Wall), Around(copy.Cpu)))],
        })];

        double[] Around(IReadOnlyList<double> samples) =>
            [.. samples.Select((sample, index) => sample * (1 + (spread * ((2.0 * index / (Samples - 1)) - 1))))];
    }

    private static CopySamples[] Slower(double nanoseconds, double minimumPercent, double wallPercent, double cpuPercent)
    {
        // By the wall clock, the first copy is twice as fast as the others, so its times are the minima.
        return
        [
            .. Enumerable.Range(0, Copies).Select(copy => new CopySamples(
                copy == 0 ? Series(nanoseconds, minimumPercent) : Series(2 * nanoseconds, wallPercent), Series(nanoseconds, cpuPercent))),
        ];
    }

    private static double[] Series(double nanoseconds, double percent) =>
        [.. Enumerable.Repeat(nanoseconds * (1 + (percent / 100)), Samples)];
}
