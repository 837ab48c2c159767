using Shm.Core;

namespace PerfTests.Metrics.Scenarios.CrossProcess;

/// <summary>
/// Signals between writer and reader. Each signal has two cache lines of its own, because the processor fetches neighbours
/// together. Both processes poll, because waking a process takes as long as copying a block.
/// </summary>
/// <param name="segment">Segment of at least <see cref="ByteCount"/> bytes.</param>
internal sealed unsafe class TransferSignals(ShmSegment segment)
{
    /// <summary>Length of the segment, in bytes.</summary>
    public const long ByteCount = 4096;

    /// <summary>Number of polls between two checks that the other process still runs.</summary>
    private const int LooksPerCheck = 1 << 16;

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

    /// <summary>Polls until a condition holds or the other process has exited.</summary>
    /// <returns>False if the other process has exited.</returns>
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
