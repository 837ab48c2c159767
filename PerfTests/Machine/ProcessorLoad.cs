using System.Globalization;

namespace PerfTests.Machine;

/// <summary>
/// Measures how many processors are busy. Programs of other containers and other virtual machines (steal time) count, and so does this
/// process.
/// </summary>
internal static class ProcessorLoad
{
    /// <summary>Load up to which a processor counts as free.</summary>
    private const double MaxLoad = 0.25;

    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Number of processors of the machine. The process may be limited to some of them, but <c>/proc/stat</c> counts all.
    /// </summary>
    internal static int Processors { get; } = File.ReadLines("/proc/stat")
        .Count(line => line.StartsWith("cpu", StringComparison.Ordinal) && line.Length > 3 && char.IsAsciiDigit(line[3]));

    /// <summary>Returns the reason why a number of processors is not free now; null if they are free.</summary>
    public static string? WhyNotFree(int processors)
    {
        var load = Measure();
        return load <= Processors - processors + MaxLoad ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"needs {processors} free cores; {load:0.0} of {Processors} are busy; end other programs, or run again later");
    }

    /// <summary>Returns the number of processors that are in use while the calling thread sleeps.</summary>
    public static double Measure()
    {
        var (busyBefore, allBefore) = Read();
        Thread.Sleep(s_window);
        var (busy, all) = Read();
        return all == allBefore ? 0 : Processors * (busy - busyBefore) / (all - allBefore);
    }

    /// <summary>Returns the busy time and the whole time of all processors, in ticks, from the first line of <c>/proc/stat</c>.</summary>
    internal static (double Busy, double All) Parse(string line)
    {
        // The fields are: cpu, user, nice, system, idle, iowait, irq, softirq, steal; guest times are part of user and nice.
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    private static (double Busy, double All) Read() => Parse(File.ReadLines("/proc/stat").First());
}
