namespace Shm.Core;

/// <summary>
/// Copy of a long range by the calling thread and one thread of the thread pool. Each of the two threads takes the next piece
/// of the range until no piece is left. The caller never waits for a thread that has not started: if the pool is busy, the
/// caller copies the whole range.
/// </summary>
internal sealed unsafe class ParallelCopy(byte* source, byte* destination, long byteCount) : IThreadPoolWorkItem
{
    /// <summary>
    /// Size of a piece in bytes: 512 KiB. Copying a piece takes about 20 µs, so the caller waits at most about that long for
    /// the other thread at the end.
    /// </summary>
    private const long PieceByteCount = 512L << 10;

    private long _takenByteCount;
    private long _copiedByteCount;

    /// <summary>Copies a range. Source and destination must not overlap.</summary>
    internal static void Run(byte* source, byte* destination, long byteCount)
    {
        var copy = new ParallelCopy(source, destination, byteCount);
        ThreadPool.UnsafeQueueUserWorkItem(copy, preferLocal: false);
        copy.Execute();

        // If bytes are missing, the other thread is copying them now.
        var wait = new SpinWait();
        while (Volatile.Read(ref copy._copiedByteCount) < byteCount)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Copies pieces until none is left. A thread that starts too late finds no piece and accesses no memory.</summary>
    public void Execute()
    {
        while (Interlocked.Add(ref _takenByteCount, PieceByteCount) - PieceByteCount is var offset && offset < byteCount)
        {
            var piece = Math.Min(PieceByteCount, byteCount - offset);
            ShmTransfer.CopyPiece(source + offset, destination + offset, piece, byteCount);
            Interlocked.Add(ref _copiedByteCount, piece);
        }
    }
}
