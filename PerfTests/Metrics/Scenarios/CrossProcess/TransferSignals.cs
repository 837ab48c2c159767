using Shm.Core;

namespace PerfTests.Metrics.Scenarios.CrossProcess;

/// <summary>
/// What writer and reader tell each other, each on a cache line of its own (and its neighbour, which the processor
/// fetches with it). Both wait by looking, because waking a process costs as much as copying a block.
/// </summary>
/// <param name="segment">At least <see cref="ByteCount"/> bytes.</param>
internal sealed unsafe class TransferSignals(ShmSegment segment)
{
    /// <summary>How long the segment must be.</summary>
    public const long ByteCount = 4096;

    /// <summary>Looks between two glances at whether the other still lives.</summary>
    private const int LooksPerCheck = 1 << 16;

    private const int WrittenOffset = 0;
    private const int ReadOffset = 128;
    private const int IsWritingOffset = 256;
    private const int IsReadingOffset = 384;

    /// <summary>Blocks that the writer has written.</summary>
    public long Written
    {
        get => Volatile.Read(ref At(WrittenOffset));
        set => Volatile.Write(ref At(WrittenOffset), value);
    }

    /// <summary>Blocks that the reader has read.</summary>
    public long Read
    {
        get => Volatile.Read(ref At(ReadOffset));
        set => Volatile.Write(ref At(ReadOffset), value);
    }

    /// <summary>1 while the writer writes.</summary>
    public long IsWriting
    {
        get => Volatile.Read(ref At(IsWritingOffset));
        set => Volatile.Write(ref At(IsWritingOffset), value);
    }

    /// <summary>1 while the reader looks out for blocks.</summary>
    public long IsReading
    {
        get => Volatile.Read(ref At(IsReadingOffset));
        set => Volatile.Write(ref At(IsReadingOffset), value);
    }

    /// <summary>Looks until something holds; gives up where the other process has ended.</summary>
    /// <returns>False if it has ended.</returns>
    public static bool Await(Func<bool> holds, Func<bool> hasEnded)
    {
        for (var looks = 1; !holds(); looks++)
        {
            if (looks % LooksPerCheck == 0 && hasEnded())
            {
                return false;
            }

            Thread.SpinWait(1);
        }

        return true;
    }

    private ref long At(int offset) => ref *(long*)(segment.Address + offset);
}
