namespace Shm.Arena;

/// <summary>
/// Time that a thread has waited, without the time during which the thread itself could not run. The clock goes on while the
/// process is stopped, so each step between two readings of the clock counts with a limited length only.
/// </summary>
/// <param name="nowMilliseconds">Reading of the clock when the wait begins.</param>
internal struct WaitingTime(long nowMilliseconds)
{
    private const long MaxMillisecondsOfStep = 100;

    private long _latest = nowMilliseconds;

    internal long Milliseconds { get; private set; }

    /// <summary>Adds the time since the last reading of the clock.</summary>
    internal void Add(long nowMilliseconds)
    {
        Milliseconds += Math.Clamp(nowMilliseconds - _latest, 0, MaxMillisecondsOfStep);
        _latest = nowMilliseconds;
    }
}
