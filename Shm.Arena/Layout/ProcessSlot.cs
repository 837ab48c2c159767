using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// One attached process. Slots share cache lines: a process writes its slot when it attaches and reads others only
/// during recovery, and 1,024 slots are most of the metadata that a small arena always needs.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal struct ProcessSlot
{
    internal const int ByteCount = 16;

    /// <summary>Marks everything that the process holds, see <see cref="ProcessToken"/>; 0 if it has detached and was recovered.</summary>
    [FieldOffset(0)] internal uint Token;

    /// <summary>Number of times that the slot was taken, so that no token is used twice.</summary>
    [FieldOffset(4)] internal uint Incarnation;

    /// <summary>For diagnosis only: a process id means something within one pid namespace.</summary>
    [FieldOffset(8)] internal int ProcessId;

    internal uint ReadToken() => Volatile.Read(ref Token);

    /// <summary>Takes the slot, whose lock the caller holds, under a new token.</summary>
    /// <param name="slot">Index of the slot.</param>
    /// <param name="former">Token of the former process; 0 if there is none to recover.</param>
    /// <returns>The new token.</returns>
    internal uint Take(int slot, out uint former)
    {
        // Until the new token is written, other processes see the former process as attached: we hold its lock.
        former = Token;
        Incarnation = ProcessToken.NextIncarnation(Incarnation);
        KillPoint.Hit(CrashWindow.AttachIncarnationWritten);
        uint token = ProcessToken.Of(slot, Incarnation);
        Volatile.Write(ref Token, token);
        KillPoint.Hit(CrashWindow.AttachTokenWritten);
        ProcessId = Environment.ProcessId;
        return token;
    }

    /// <summary>Clears the token of an exited process that was recovered, unless the slot was taken again meanwhile.</summary>
    internal void Clear(uint token) => Interlocked.CompareExchange(ref Token, 0, token);
}
