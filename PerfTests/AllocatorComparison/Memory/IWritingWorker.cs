using PerfTests.AllocatorComparison.Scenarios;

namespace PerfTests.AllocatorComparison.Memory;

/// <summary>Replaces blocks like a <see cref="Worker"/>, but writes to every page of each new block.</summary>
internal interface IWritingWorker
{
    /// <summary>Makes the slots of a set and writes to them, so that they take no further memory.</summary>
    void Reserve(int set, int slotCount);

    /// <summary>Allocates a block of each size into the first slots.</summary>
    void Fill(int set, ReadOnlySpan<int> byteCounts);

    /// <summary>Replaces blocks in the slots, one after another.</summary>
    void Replace(int set, ReadOnlySpan<Replacement> steps);
}
