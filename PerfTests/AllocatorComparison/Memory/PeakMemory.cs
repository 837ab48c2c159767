namespace PerfTests.AllocatorComparison.Memory;

/// <summary>Memory that an allocator uses at the peak of a workload.</summary>
/// <param name="Allocator">Name of the allocator.</param>
/// <param name="RequestedBytes">Largest sum of the requested sizes of all live blocks, in bytes.</param>
/// <param name="ResidentBytes">
/// Largest number of bytes by which the resident memory of the process grew, after all pages of all blocks were written to.
/// Overhead of the allocator, freed blocks that it keeps, and unused ends of pages count.
/// </param>
internal sealed record PeakMemory(string Allocator, long RequestedBytes, long ResidentBytes)
{
    /// <summary>Gets the resident bytes for each requested byte.</summary>
    public double Ratio => (double)ResidentBytes / RequestedBytes;
}
