using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;

namespace PerfTests.SelfTest;

/// <summary>Reason why a row of a self-test has no value.</summary>
/// <param name="Reason">Missing resource and its remedy, or the message of the failed benchmark.</param>
/// <param name="HasFailed">True if the benchmark failed; false if the machine lacks a resource.</param>
internal sealed record UnmeasuredRow(string Reason, bool HasFailed)
{
    /// <summary>Runs work that measures a row, if the machine has the resources that a paired comparison of the row needs.</summary>
    /// <returns>Null if the work ended; otherwise the reason why it did not start or did not end.</returns>
    public static UnmeasuredRow? Attempt(MetricRow row, Action measure)
    {
        // Without this check, writing to a full /dev/shm would end the measuring process by SIGBUS.
        if (Shortage.Describe(row.PairedNeeds.Max(row.Needs), MachineResources.Read()) is { } lack)
        {
            return new UnmeasuredRow(lack, HasFailed: false);
        }

        try
        {
            measure();
            return null;
        }
        catch (Exception e) when (CannotMeasureHereException.FindIn(e) is { } shortage)
        {
            return new UnmeasuredRow(shortage.Message, HasFailed: false);
        }
        catch (BenchmarkFailedException e)
        {
            return new UnmeasuredRow(e.Message, HasFailed: true);
        }
    }

    /// <summary>Describes the row in one line, for the console.</summary>
    public string Describe(MetricRow row) => $"{row.Label}: {(HasFailed ? "failed" : "not measured here")}: {FirstLine}";

    /// <summary>Returns the reason why a self-test fails because of its unmeasured rows; null if no benchmark failed.</summary>
    public static string? FindFault(IEnumerable<(MetricRow Row, UnmeasuredRow Why)> rows)
    {
        (MetricRow Row, UnmeasuredRow Why)[] failed = [.. rows.Where(pair => pair.Why.HasFailed)];
        return failed.Length == 0
            ? null
            : $"{CountText.Of(failed.Length, "benchmark")} failed: "
                + string.Join("; ", failed.Select(pair => $"{pair.Row.Label}: {pair.Why.FirstLine}"));
    }

    /// <summary>Gets the first line of the reason. The reason of a failed benchmark may contain a stack trace.</summary>
    public string FirstLine => Reason.Split('\n')[0].Trim();
}
