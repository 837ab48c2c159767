namespace Shm.Arena;

/// <summary>Tells the parts of an arena object whether it is disposed.</summary>
internal sealed class ArenaLifetime
{
    internal bool IsDisposed { get; private set; }

    internal void End() => IsDisposed = true;

    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, typeof(ShmArena));
}
