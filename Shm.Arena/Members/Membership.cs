using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Shm.Arena.Native;
using Shm.Core;
using Shm.Core.Native;

namespace Shm.Arena;

/// <summary>
/// Slot of this process in an arena. Also finds out whether another process is attached. An attached process holds a record
/// lock on a byte that stands for its slot. The kernel drops the lock when the process exits or detaches. If the process had
/// forked, the forked process keeps the lock; recovery then compares the identity in the slot with the running processes.
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
    private readonly ProcessIdentity _identity;
    private readonly DepartureWatch _watch = new();
    private bool? _isProcUsable;

    private Membership(ArenaMemory memory, SafeFileHandle file, int slot, uint token, in ProcessIdentity identity)
    {
        (_memory, _file, _slot, Token, _identity) = (memory, file, slot, token, identity);
    }

    /// <summary>Token that marks everything that this process holds.</summary>
    internal uint Token { get; }

    /// <summary>Takes the first slot that was never used or whose process has exited.</summary>
    /// <exception cref="ShmException">All slots are in use or used up, or the system refused the lock.</exception>
    internal static Membership Join(ArenaMemory memory, SafeFileHandle file, string name)
    {
        var identity = ProcessIdentity.ReadOwn();
        var usedUp = 0;
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

            if (memory.Processes[slot].IsUsedUp)
            {
                RecordLocks.Release(file, FirstLockedByte + slot);
                usedUp++;
                continue;
            }

            var token = memory.Processes[slot].Take(slot, identity, out var former);
            if (former != 0)
            {
                // The departure is counted after the token is written. A recovery in between still sees the former process as
                // attached, and must not record it as recovered.
                memory.Header->CountDeparture();
                KillPoint.Hit(CrashWindow.AttachDepartureCounted);
            }

            memory.Header->RaiseProcessesEverUsed(slot + 1);
            return new Membership(memory, file, slot, token, identity);
        }

        ThrowNoSlot(name, usedUp);
        return null!;
    }

    /// <summary>
    /// Returns true if the process that a token names is attached. Returns false only if that process has certainly exited or
    /// detached.
    /// </summary>
    /// <remarks>
    /// True is also returned for an exited process whose lock a forked process keeps, until <see cref="HasExited"/> is asked.
    /// </remarks>
    internal bool IsAttached(uint token)
    {
        token &= ~ProcessToken.OfferedBit;
        var slot = ProcessToken.SlotOf(token);

        // A lock of this process does not conflict with itself, so the kernel cannot be asked about this process's own slot.
        return token == Token
            || (_memory.Processes[slot].IsTakenBy(token)
                && slot != _slot
                && RecordLocks.IsHeldElsewhere(_file, FirstLockedByte + slot)
                && _memory.Processes[slot].IsTakenBy(token));
    }

    /// <summary>Returns true if a token names this process.</summary>
    internal bool IsOwn(uint token) => token == Token;

    /// <summary>
    /// Returns true if the process of a token has certainly exited or detached, even if a process that was forked from it keeps
    /// its lock. This method reads /proc, which takes as long as a thousand allocations.
    /// </summary>
    internal bool HasExited(uint token) => !IsAttached(token) || IsExitedDespiteLock(token & ~ProcessToken.OfferedBit);

    /// <summary>Returns the tokens of all processes that have exited and are not recovered, see <see cref="HasExited"/>.</summary>
    internal uint[] ExitedTokens()
    {
        var exited = new List<uint>();
        for (var slot = 0; slot < ArenaLayout.ProcessCount; slot++)
        {
            if (_memory.Processes[slot].ReadToken() is not 0 and var token && HasExited(token))
            {
                exited.Add(token);
            }
        }

        return [.. exited];
    }

    /// <summary>
    /// Returns true if a process has detached or exited since the last recovery. Allocations that find no room ask often, so the
    /// result may overlook an exit of the last moments, see <see cref="DepartureWatch"/>.
    /// </summary>
    internal bool IsRecoveryDue()
    {
        var header = _memory.Header;
        if (header->ReadDepartures() != header->ReadRecoveredDepartures())
        {
            return true;
        }

        var count = (int)Math.Clamp(header->ReadProcessesEverUsed(), 0, ArenaLayout.ProcessCount);
        if (_watch.IsWalkDue(count))
        {
            for (var slot = 0; slot < count; slot++)
            {
                if (_memory.Processes[slot].ReadToken() is not 0 and var token && !IsAttached(token))
                {
                    return true;
                }
            }

            _watch.Walked();
        }

        return _watch.NextIdentity(count) is >= 0 and var next
            && _memory.Processes[next].ReadToken() is not 0 and var other && HasExited(other);
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

    /// <summary>
    /// Detaches this process. From now on, recovery treats this process as exited, even if a process that was forked from it has
    /// inherited the descriptor. A forked process that calls this method does not detach its parent.
    /// </summary>
    public void Dispose()
    {
        if (LibC.ProcessId() == _identity.ProcessId)
        {
            RecordLocks.Release(_file, FirstLockedByte + _slot);
        }

        _file.Dispose();
    }

    private bool IsExitedDespiteLock(uint token)
    {
        ref var slot = ref _memory.Processes[ProcessToken.SlotOf(token)];
        if (token == Token || !slot.TryReadIdentity(token, out var identity) || identity == _identity)
        {
            // The token names this process, which may be attached more than once, or the slot has another token by now.
            return false;
        }

        _isProcUsable ??= ProcessIdentity.IsProcOfOwnNamespace();
        if (_isProcUsable == false || !identity.HasExited(_identity))
        {
            return false;
        }

        slot.MarkExited(token);
        return true;
    }

    private static void ThrowNoSlot(string name, int usedUp)
    {
        if (usedUp == 0)
        {
            ShmException.Throw("attach", name, $"{ArenaLayout.ProcessCount} processes are attached already",
                "Detach one of them: dispose its arena object.");
        }

        ShmException.Throw("attach", name, string.Create(CultureInfo.InvariantCulture,
            $"{ArenaLayout.ProcessCount - usedUp} processes are attached, and the other {usedUp} process slots are used up: a process slot "
            + $"serves {ProcessToken.MaxIncarnation} attachments"),
            "Recreate the arena.");
    }
}
