using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Slot of one attached process. A cache line contains several slots. Sharing a cache line saves memory, since the 1,024 slots
/// are most of the metadata that a small arena always needs. Sharing costs little time, since a process writes its slot only
/// when it attaches, and reads other slots only during recovery.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal struct ProcessSlot
{
    internal const int ByteCount = 16;

    /// <summary>
    /// Token that marks everything that the process holds, see <see cref="ProcessToken"/>; 0 after a recovery has taken back
    /// what an exited process held.
    /// </summary>
    [FieldOffset(0)] internal uint Token;

    /// <summary>
    /// Number of times that a process has taken the slot. Each token contains this number, so that no token is used twice.
    /// </summary>
    [FieldOffset(4)] internal uint Incarnation;

    /// <summary>Process id, for diagnosis only: it has a meaning only within its pid namespace.</summary>
    [FieldOffset(8)] internal int ProcessId;

    internal uint ReadToken() => Volatile.Read(ref Token);

    /// <summary>Takes the slot under a new token. The caller holds the record lock of the slot.</summary>
    /// <param name="slot">Index of the slot.</param>
    /// <param name="former">Token of the slot's former process; 0 if there is no process to recover.</param>
    /// <returns>The new token.</returns>
    internal uint Take(int slot, out uint former)
    {
        // Until the new token is written, other processes see the former process as attached, since this process holds the lock
        // of the slot.
        former = Token;
        Incarnation = ProcessToken.NextIncarnation(Incarnation);
        KillPoint.Hit(CrashWindow.AttachIncarnationWritten);
        var token = ProcessToken.Of(slot, Incarnation);
        Volatile.Write(ref Token, token);
        KillPoint.Hit(CrashWindow.AttachTokenWritten);
        ProcessId = Environment.ProcessId;
        return token;
    }

    /// <summary>Clears the token of an exited process that was recovered, unless the slot was taken again meanwhile.</summary>
    internal void Clear(uint token) => Interlocked.CompareExchange(ref Token, 0, token);
}
