namespace Shm.Arena;

/// <summary>
/// Decides when the calling thread goes on. The exploration gives each thread such a scheduler, so that it can run the members
/// of an arena in any order. Only instrumented builds call a scheduler.
/// </summary>
internal unsafe interface IMemberScheduler
{
    /// <summary>Returns when the calling thread may go on after the write that precedes a crash window.</summary>
    /// <param name="window">The window; <see cref="CrashWindow.None"/> where the thread looks whether another has gone on.</param>
    void Reach(CrashWindow window);

    /// <summary>Returns when the calling thread may go on before an access to shared memory.</summary>
    void Step();

    /// <summary>
    /// Returns when a word of shared memory no longer has the value, or when a member has exited since the last call of the
    /// calling thread.
    /// </summary>
    void Await(ulong* word, ulong value);
}
