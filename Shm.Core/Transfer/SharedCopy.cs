namespace Shm.Core;

/// <summary>
/// One long copy that a second thread helps with. It is cut into pieces that whoever is free takes; the caller never
/// waits for a helper that has not begun, so that a busy thread pool only means that the caller does it all.
/// </summary>
internal sealed unsafe class SharedCopy(byte* source, byte* destination, long byteCount) : IThreadPoolWorkItem
{
    /// <summary>Some 20 us: the longest that the caller waits at the end for a helper that is not preempted.</summary>
    private const long PieceByteCount = 512L << 10;

    private long _taken;
    private long _copiedByteCount;

    internal static void Run(byte* source, byte* destination, long byteCount)
    {
        var copy = new SharedCopy(source, destination, byteCount);
        ThreadPool.UnsafeQueueUserWorkItem(copy, preferLocal: false);
        copy.Execute();

        // What is missing is being copied by the helper now.
        var wait = new SpinWait();
        while (Volatile.Read(ref copy._copiedByteCount) < byteCount)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Copies pieces until none is left. A helper that comes too late finds none and touches nothing.</summary>
    public void Execute()
    {
        while (Interlocked.Add(ref _taken, PieceByteCount) - PieceByteCount is var offset && offset < byteCount)
        {
            long piece = Math.Min(PieceByteCount, byteCount - offset);
            StreamingCopy.Copy(source + offset, destination + offset, piece);
            Interlocked.Add(ref _copiedByteCount, piece);
        }
    }
}
