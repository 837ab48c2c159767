using PerfTests.Measurement.Sampling;
using PerfTests.Statistics;

namespace PerfTests.Measurement;

/// <summary>One row, measured once by one process.</summary>
/// <param name="FloorNanoseconds">The smallest block median, per operation: what the code takes when nothing disturbs it.</param>
/// <param name="MedianNanoseconds">The median of the block medians, per operation.</param>
/// <param name="ReferenceNanoseconds">The smallest block median of the reference loop, measured beside it: how fast the machine was.</param>
/// <param name="ParallelReferenceNanoseconds">The same of the loop that also feels work on the same physical core.</param>
/// <param name="ManagedBytesPerOperation">Bytes allocated on the managed heap; exact.</param>
/// <param name="SampleNanoseconds">The raw samples, per operation, by the wall clock; one list per copy of the code.</param>
public sealed record Launch(
    double FloorNanoseconds,
    double MedianNanoseconds,
    double ReferenceNanoseconds,
    double ParallelReferenceNanoseconds,
    double ManagedBytesPerOperation,
    IReadOnlyList<IReadOnlyList<double>> SampleNanoseconds)
{
    /// <summary>Condenses what a process sampled of one side.</summary>
    internal static Launch Of(SamplingResult result, string side)
    {
        var copies = result.Subjects.Where(subject => subject.Side == side).ToArray();
        var medians = copies.SelectMany(copy => Blocks.Medians(copy.WallNanoseconds)).ToArray();
        return new Launch(
            medians.Min(),
            Middle.Of(medians),
            Floor(result.References.Select(reference => reference.SerialNanoseconds)),
            Floor(result.References.Select(reference => reference.ParallelNanoseconds)),
            copies.Max(copy => copy.ManagedBytesPerOperation),
            [.. copies.Select(copy => copy.WallNanoseconds)]);
    }

    private static double Floor(IEnumerable<double> samples) => Blocks.Medians([.. samples]).Min();
}
