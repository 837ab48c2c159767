using Shm.Core;

namespace PerfTests.Metrics.Scenarios.CrossProcess;

/// <summary>
/// Signals between writer and reader. Each signal has two cache lines of its own, because the processor fetches neighbours
/// together. Both processes poll, see <see cref="Polling"/>.
/// </summary>
/// <param name="segment">Segment of at least <see cref="ByteCount"/> bytes.</param>
internal sealed unsafe class TransferSignals(ShmSegment segment)
{
    /// <summary>Length of the segment, in bytes.</summary>
    public const long ByteCount = 4096;

    private const int WrittenOffset = 0;
    private const int ReadOffset = 128;
    private const int IsWritingOffset = 256;
    private const int IsReadingOffset = 384;

    /// <summary>Number of blocks that the writer has written.</summary>
    public long Written
    {
        get => Volatile.Read(ref At(WrittenOffset));
        set => Volatile.Write(ref At(WrittenOffset), value);
    }

    /// <summary>Number of blocks that the reader has read.</summary>
    public long Read
    {
        get => Volatile.Read(ref At(ReadOffset));
        set => Volatile.Write(ref At(ReadOffset), value);
    }

    /// <summary>1 during a sample, while the writer writes blocks.</summary>
    public long IsWriting
    {
        get => Volatile.Read(ref At(IsWritingOffset));
        set => Volatile.Write(ref At(IsWritingOffset), value);
    }

    /// <summary>1 while the reader polls for blocks.</summary>
    public long IsReading
    {
        get => Volatile.Read(ref At(IsReadingOffset));
        set => Volatile.Write(ref At(IsReadingOffset), value);
    }

    private ref long At(int offset) => ref *(long*)(segment.Address + offset);
}
