namespace Shm.Arena;

/// <summary>Tells the objects that an arena consists of whether the arena is disposed.</summary>
internal sealed class ArenaLifetime
{
    private int _isEnded;

    internal bool IsDisposed => Volatile.Read(ref _isEnded) != 0;

    /// <summary>Ends the lifetime.</summary>
    /// <returns>False if the lifetime has ended already.</returns>
    internal bool TryEnd() => Interlocked.Exchange(ref _isEnded, 1) == 0;

    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, typeof(ShmArena));
}
