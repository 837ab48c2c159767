using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Instructions;
using PerfTests.Measurement.SystemCalls;
using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Versions;

namespace PerfTests.Measurement;

/// <summary>
/// Obtains the values of counted rows. Each row names its instrument: managed bytes, system calls, instructions or a method that
/// counts.
/// </summary>
internal sealed class RowCounter(RowMeasurer measurer)
{
    /// <summary>Counts a row with one version of the libraries.</summary>
    /// <returns>The value, and a short text on how it was counted.</returns>
    /// <exception cref="UnusableLibrariesException">The libraries lack an API that the row calls.</exception>
    /// <exception cref="CannotMeasureHereException">The machine lacks a resource that counting needs.</exception>
    public (double Value, string Detail) Count(CountedRow row, LibraryVersion version) => row.Counting switch
    {
        Counting.ManagedBytes bytes => CountManagedBytes(bytes.Row, version),
        Counting.SystemCalls calls => CountSystemCalls(row, calls.Row, version),
        Counting.Instructions instructions => CountInstructions(row, instructions, version),
        Counting.Method method => CountByMethod(row, method, version),
        var other => throw new NotSupportedException(
            $"Cannot count {row.Label}: {nameof(RowCounter)} does not support {other.GetType().Name}."),
    };

    private (double Value, string Detail) CountManagedBytes(MetricRow benchmark, LibraryVersion version) =>
        (measurer.MeasureHere(benchmark, version).ManagedBytesPerOperation,
            $"largest value of {CountText.Of(benchmark.Copies, "layout copy")}");

    private static (double Value, string Detail) CountSystemCalls(CountedRow row, MetricRow benchmark, LibraryVersion version)
    {
        var tally = SystemCallCounter.Count(SubjectSpecification.Of(benchmark, row.Label, version.FolderInPlans));
        var calls = tally.Calls.Count == 0 ? string.Empty : $"{tally.Text} per operation, ";
        return (tally.PerOperation, $"{calls}counted over {CountText.Of(tally.Operations, "operation")}");
    }

    private static (double Value, string Detail) CountInstructions(
        CountedRow row, Counting.Instructions counting, LibraryVersion version)
    {
        var count = CountInstructions(counting, (row.Label, version))[0];
        return (count.PerOperation, $"counted over {CountText.Of(count.Operations, "operation")}");
    }

    /// <summary>Counts the instructions of a benchmark with several versions of the libraries, in one process.</summary>
    /// <param name="counting">Benchmark and number of operations.</param>
    /// <param name="sides">Versions with their names in messages.</param>
    /// <exception cref="UnusableLibrariesException">The libraries of a side cannot run the benchmark.</exception>
    /// <exception cref="CannotMeasureHereException">This system or processor does not let a process single-step its child.</exception>
    public static IReadOnlyList<InstructionCount> CountInstructions(
        Counting.Instructions counting, params IReadOnlyList<(string Name, LibraryVersion Version)> sides) =>
        InstructionCounter.Count([.. sides.Select((side, index) =>
            SubjectSpecification.Of(counting.Row, side.Name, side.Version.FolderInPlans) with
            {
                FirstCopy = index,
                Operations = counting.Operations,
            })]);

    private static (double Value, string Detail) CountByMethod(CountedRow row, Counting.Method method, LibraryVersion version)
    {
        try
        {
            return In(version, method)(row.Allocator);
        }
        catch (Exception e) when (
            version.FolderInPlans is not null
            && UnusableLibrariesException.FindIn(e, MeasurementPlan.CandidateSide) is { } unusable)
        {
            throw unusable;
        }
        catch (Exception e) when (CannotMeasureHereException.FindIn(e) is { } shortage && shortage != e)
        {
            throw shortage;
        }
    }

    /// <summary>Finds the counting method in the layout copy that uses a version of the libraries.</summary>
    private static Func<string, (double Value, string Detail)> In(LibraryVersion version, Counting.Method method)
    {
        if (version.FolderInPlans is not { } folder)
        {
            return method.Count;
        }

        var source = method.Source.Method;
        var found = LayoutCopy.Get(folder, 0).GetScenarioType(source.DeclaringType!.FullName!).GetMethod(source.Name)!;
        return found.GetParameters().Length == 0
            ? _ => found.CreateDelegate<Func<(double Value, string Detail)>>()()
            : found.CreateDelegate<Func<string, (double Value, string Detail)>>();
    }
}
