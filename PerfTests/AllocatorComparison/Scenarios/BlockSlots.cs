namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Live blocks of a workload, in one set of slots for each thread. The threads of a workload may swap their sets.</summary>
/// <typeparam name="TBlock">Handle or pointer of a block.</typeparam>
internal sealed class BlockSlots<TBlock>
    where TBlock : unmanaged
{
    /// <summary>Largest number of threads.</summary>
    public const int MaxThreads = 2;

    private readonly TBlock[][] _sets = [.. Enumerable.Range(0, MaxThreads).Select(_ => Array.Empty<TBlock>())];

    /// <summary>Returns the slots of a set, of which the first <paramref name="slotCount"/> exist afterwards.</summary>
    public TBlock[] Reserve(int set, int slotCount)
    {
        if (_sets[set].Length < slotCount)
        {
            _sets[set] = GC.AllocateArray<TBlock>(slotCount, pinned: true);
        }

        return _sets[set];
    }

    /// <summary>Gets the slots of a set.</summary>
    public TBlock[] this[int set] => _sets[set];
}
