using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Shm.Arena.Native;
using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>
/// This process's slot in an arena, and whether another's holder lives. To live is to hold the lock of one's slot's
/// byte: the kernel gives it up when the process is dead, and for nothing else.
/// </summary>
internal sealed unsafe class Membership : IDisposable
{
    /// <summary>Beyond the end of every arena, where nobody else has a reason to lock.</summary>
    private const long FirstLockedByte = 1L << 60;

    private readonly ArenaMemory _memory;
    private readonly SafeFileHandle _file;
    private readonly int _slot;

    private Membership(ArenaMemory memory, SafeFileHandle file, int slot, uint token)
    {
        (_memory, _file, _slot, Token) = (memory, file, slot, token);
    }

    /// <summary>Marks everything that this process holds.</summary>
    internal uint Token { get; }

    /// <summary>Takes the first slot whose holder is dead or that never had one.</summary>
    /// <exception cref="ShmException">As many processes as can be are attached, or the system refused.</exception>
    internal static Membership Join(ArenaMemory memory, SafeFileHandle file, string name)
    {
        for (int slot = 0; slot < ArenaLayout.ProcessCount; slot++)
        {
            int errno = RecordLocks.TryAcquire(file, FirstLockedByte + slot);
            if (errno is Errno.TryAgain or Errno.Access)
            {
                continue;
            }

            if (errno != 0)
            {
                ShmException.ThrowErrno("fcntl(F_OFD_SETLK)", name, errno);
            }

            // Until the new token stands there the former holder, whose byte we hold, is taken for living.
            ProcessSlot* taken = memory.Processes + slot;
            uint former = taken->Token;
            taken->Incarnation = ProcessToken.NextIncarnation(taken->Incarnation);
            KillPoint.Hit(CrashWindow.AttachIncarnationWritten);
            uint token = ProcessToken.Of(slot, taken->Incarnation);
            Volatile.Write(ref taken->Token, token);
            KillPoint.Hit(CrashWindow.AttachTokenWritten);
            taken->ProcessId = Environment.ProcessId;
            if (former != 0)
            {
                // After the token: a recovery in between must not count the former holder, still living to it, as done.
                Interlocked.Increment(ref memory.Header->Departures);
                KillPoint.Hit(CrashWindow.AttachDepartureCounted);
            }

            for (long used = slot + 1, seen; (seen = Volatile.Read(ref memory.Header->ProcessesEverUsed)) < used;)
            {
                Interlocked.CompareExchange(ref memory.Header->ProcessesEverUsed, used, seen);
            }

            return new Membership(memory, file, slot, token);
        }

        ShmException.Throw("attach", name, $"{ArenaLayout.ProcessCount} processes are attached already",
            "Detach from it in one of them (dispose their arena objects).");
        return null!;
    }

    /// <summary>Whether the process that a token names is attached. False only where that is certain.</summary>
    internal bool IsAlive(uint token)
    {
        token &= ~ProcessToken.InTransit;
        int slot = ProcessToken.SlotOf(token);

        // Our own lock does not stand in our own way, so it can't be asked for.
        return token == Token
            || (Volatile.Read(ref _memory.Processes[slot].Token) == token
                && slot != _slot
                && RecordLocks.IsHeldElsewhere(_file, FirstLockedByte + slot)
                && Volatile.Read(ref _memory.Processes[slot].Token) == token);
    }

    /// <summary>Whether somebody left or died since the latest recovery.</summary>
    internal bool IsRecoveryDue()
    {
        ArenaHeader* header = _memory.Header;
        if (Volatile.Read(ref header->Departures) != Volatile.Read(ref header->RecoveredDepartures))
        {
            return true;
        }

        long count = Math.Clamp(Volatile.Read(ref header->ProcessesEverUsed), 0, ArenaLayout.ProcessCount);
        for (int slot = 0; slot < count; slot++)
        {
            if (Volatile.Read(ref _memory.Processes[slot].Token) is not 0 and var token && !IsAlive(token))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>After a recovery that found nothing more of the dead: they need not be looked for again.</summary>
    /// <param name="departures"><see cref="ArenaHeader.Departures"/> when it began.</param>
    /// <param name="dead">Tokens that were seen dead when it began.</param>
    internal void NoteRecovery(long departures, ReadOnlySpan<uint> dead)
    {
        foreach (uint token in dead)
        {
            Interlocked.CompareExchange(ref _memory.Processes[ProcessToken.SlotOf(token)].Token, 0, token);
            KillPoint.Hit(CrashWindow.RecoverTokenCleared);
        }

        Volatile.Write(ref _memory.Header->RecoveredDepartures, departures);
    }

    /// <summary>For messages.</summary>
    internal string Describe(uint token) => string.Create(CultureInfo.InvariantCulture,
        $"process {_memory.Processes[ProcessToken.SlotOf(token)].ProcessId} (slot {ProcessToken.SlotOf(token)})");

    /// <summary>Leaves. What this process still holds counts as a dead process's from now on.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Has the next allocation without room, or the next to attach, recover: something was left to it.</summary>
    internal void MakeRecoveryDue() => Interlocked.Increment(ref _memory.Header->Departures);
}
