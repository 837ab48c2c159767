using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Shm.Arena.Native;
using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>
/// Slot of this process in an arena. Also finds out whether another process is attached. An attached process holds a record
/// lock on a byte that stands for its slot. The kernel drops the lock when the process exits or detaches, and for no other
/// reason.
/// </summary>
internal sealed unsafe class Membership : IDisposable
{
    /// <summary>
    /// Offset of the lock of slot 0. The offset lies beyond the end of every arena, where no other program has a reason to lock
    /// a byte.
    /// </summary>
    private const long FirstLockedByte = 1L << 60;

    private readonly ArenaMemory _memory;
    private readonly SafeFileHandle _file;
    private readonly int _slot;

    private Membership(ArenaMemory memory, SafeFileHandle file, int slot, uint token)
    {
        (_memory, _file, _slot, Token) = (memory, file, slot, token);
    }

    /// <summary>Token that marks everything that this process holds.</summary>
    internal uint Token { get; }

    /// <summary>Takes the first slot that was never used or whose process has exited.</summary>
    /// <exception cref="ShmException">All slots are in use, or the system refused the lock.</exception>
    internal static Membership Join(ArenaMemory memory, SafeFileHandle file, string name)
    {
        for (var slot = 0; slot < ArenaLayout.ProcessCount; slot++)
        {
            var errno = RecordLocks.TryAcquire(file, FirstLockedByte + slot);
            if (errno is Errno.TryAgain or Errno.Access)
            {
                continue;
            }

            if (errno != 0)
            {
                ShmException.ThrowErrno("fcntl(F_OFD_SETLK)", name, errno);
            }

            var token = memory.Processes[slot].Take(slot, out var former);
            if (former != 0)
            {
                // The departure is counted after the token is written. A recovery in between still sees the former process as
                // attached, and must not record it as recovered.
                memory.Header->CountDeparture();
                KillPoint.Hit(CrashWindow.AttachDepartureCounted);
            }

            memory.Header->RaiseProcessesEverUsed(slot + 1);
            return new Membership(memory, file, slot, token);
        }

        ShmException.Throw("attach", name, $"{ArenaLayout.ProcessCount} processes are attached already",
            "Detach one of them: dispose its arena object.");
        return null!;
    }

    /// <summary>
    /// Returns true if the process that a token names is attached. Returns false only if that process has certainly exited or
    /// detached.
    /// </summary>
    internal bool IsAttached(uint token)
    {
        token &= ~ProcessToken.OfferedBit;
        var slot = ProcessToken.SlotOf(token);

        // A lock of this process does not conflict with itself, so the kernel cannot be asked about this process's own slot.
        return token == Token
            || (_memory.Processes[slot].ReadToken() == token
                && slot != _slot
                && RecordLocks.IsHeldElsewhere(_file, FirstLockedByte + slot)
                && _memory.Processes[slot].ReadToken() == token);
    }

    /// <summary>Returns true if a process has detached or exited since the last recovery.</summary>
    internal bool IsRecoveryDue()
    {
        var header = _memory.Header;
        if (header->ReadDepartures() != header->ReadRecoveredDepartures())
        {
            return true;
        }

        var count = Math.Clamp(header->ReadProcessesEverUsed(), 0, ArenaLayout.ProcessCount);
        for (var slot = 0; slot < count; slot++)
        {
            if (_memory.Processes[slot].ReadToken() is not 0 and var token && !IsAttached(token))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Records a complete recovery, so that the next recovery does not look for the same exited processes.</summary>
    /// <param name="departures"><see cref="ArenaHeader.Departures"/> when the recovery began.</param>
    /// <param name="exited">Tokens of processes that had exited when the recovery began.</param>
    internal void RecordRecovery(long departures, ReadOnlySpan<uint> exited)
    {
        foreach (var token in exited)
        {
            _memory.Processes[ProcessToken.SlotOf(token)].Clear(token);
            KillPoint.Hit(CrashWindow.RecoverTokenCleared);
        }

        _memory.Header->RecordRecovery(departures);
    }

    /// <summary>Returns the text that names the process of a token in messages.</summary>
    internal string Describe(uint token) => string.Create(CultureInfo.InvariantCulture,
        $"process {_memory.Processes[ProcessToken.SlotOf(token)].ProcessId} (slot {ProcessToken.SlotOf(token)})");

    /// <summary>Detaches this process. From now on, recovery treats this process as exited.</summary>
    public void Dispose() => _file.Dispose();
}
