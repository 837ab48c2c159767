namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Makes two threads wait for each other between two units of a workload.</summary>
internal sealed class Meeting
{
    /// <summary>Distance of the counters: 128 bytes, because processors prefetch cache lines of 64 bytes in pairs.</summary>
    private const int Stride = 16;

    private readonly long[] _arrivals = new long[4 * Stride];
    private volatile bool _isStopped;

    /// <summary>Waits until the other thread has called this method as often as the calling thread.</summary>
    /// <param name="thread">Number of the calling thread: 0 or 1.</param>
    /// <exception cref="InvalidOperationException">The other thread has failed.</exception>
    public void Await(int thread)
    {
        ref var own = ref _arrivals[(thread + 1) * Stride];
        ref var other = ref _arrivals[(2 - thread) * Stride];
        Volatile.Write(ref own, own + 1);
        while (Volatile.Read(ref other) < own)
        {
            if (_isStopped)
            {
                throw new InvalidOperationException("The other thread has failed.");
            }

            Thread.SpinWait(1);
        }
    }

    /// <summary>Makes a waiting thread throw, because the other thread has failed.</summary>
    public void Stop() => _isStopped = true;
}
