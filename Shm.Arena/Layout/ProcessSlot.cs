using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Slot of one attached process. A cache line contains two slots. Sharing a cache line saves memory, since the 1,024 slots are
/// most of the metadata that a small arena always needs. Sharing costs little time, since a process writes its slot only when it
/// attaches, and reads other slots only during recovery.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal struct ProcessSlot
{
    internal const int ByteCount = 32;

    /// <summary>
    /// Token that marks everything that the process holds, see <see cref="ProcessToken"/>; 0 after a recovery has taken back
    /// what an exited process held.
    /// </summary>
    [FieldOffset(0)] internal uint Token;

    /// <summary>
    /// Number of times that a process has taken the slot. Each token contains this number, so that no token is used twice.
    /// </summary>
    [FieldOffset(4)] internal uint Incarnation;

    /// <summary>
    /// Token of a process that has exited although the lock of the slot is held. A process that was forked from the exited
    /// process keeps such a lock.
    /// </summary>
    [FieldOffset(8)] internal uint ExitedToken;

    // The following fields are the identity of the process with the current incarnation, see ProcessIdentity.
    [FieldOffset(12)] internal int ProcessId;
    [FieldOffset(16)] internal ulong StartTicks;
    [FieldOffset(24)] internal uint PidNamespace;
    [FieldOffset(28)] internal uint TimeNamespace;

    /// <summary>True if every token of the slot has been used. No process can take the slot any more.</summary>
    internal bool IsUsedUp => Volatile.Read(ref Incarnation) >= ProcessToken.MaxIncarnation;

    internal uint ReadToken() => Volatile.Read(ref Token);

    /// <summary>Returns true if the process of a token has the slot and was not found to have exited.</summary>
    internal bool IsTakenBy(uint token) => Volatile.Read(ref Token) == token && Volatile.Read(ref ExitedToken) != token;

    /// <summary>Takes the slot under a new token. The caller holds the record lock of the slot, which is not used up.</summary>
    /// <param name="slot">Index of the slot.</param>
    /// <param name="identity">Identity of this process.</param>
    /// <param name="former">Token of the slot's former process; 0 if there is no process to recover.</param>
    /// <returns>The new token.</returns>
    internal uint Take(int slot, in ProcessIdentity identity, out uint former)
    {
        // Until the new token is written, other processes see the former process as attached, since this process holds the lock
        // of the slot. The new incarnation is written before the new identity, so no process takes the new identity for that of
        // the former process.
        former = Token;
        Incarnation++;
        KillPoint.Hit(CrashWindow.AttachIncarnationWritten);
        Volatile.Write(ref ProcessId, identity.ProcessId);
        Volatile.Write(ref StartTicks, identity.StartTicks);
        Volatile.Write(ref PidNamespace, identity.PidNamespace);
        Volatile.Write(ref TimeNamespace, identity.TimeNamespace);
        var token = ProcessToken.Of(slot, Incarnation);
        Volatile.Write(ref Token, token);
        KillPoint.Hit(CrashWindow.AttachTokenWritten);
        return token;
    }

    /// <summary>Reads the identity of the process of a token.</summary>
    /// <returns>False if the slot has another incarnation than the token.</returns>
    internal bool TryReadIdentity(uint token, out ProcessIdentity identity)
    {
        identity = new(
            Volatile.Read(ref ProcessId), Volatile.Read(ref StartTicks), Volatile.Read(ref PidNamespace), Volatile.Read(ref TimeNamespace));
        return Volatile.Read(ref Incarnation) == ProcessToken.IncarnationOf(token);
    }

    /// <summary>
    /// Records that the process of a token has exited although the lock of the slot is held. The exchange is a full barrier: a
    /// process that hands a block over to the exited process either sees the record, or has changed the block's state before the
    /// recovery reads it.
    /// </summary>
    internal void MarkExited(uint token) => Interlocked.Exchange(ref ExitedToken, token);

    /// <summary>Clears the token of an exited process that was recovered, unless the slot was taken again meanwhile.</summary>
    internal void Clear(uint token) => Interlocked.CompareExchange(ref Token, 0, token);
}
