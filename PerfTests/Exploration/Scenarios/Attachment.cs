using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shm.Arena;

namespace PerfTests.Exploration.Scenarios;

/// <summary>
/// Open file and mapping through which a member attaches, in all runs one after the other. Mapping the arena anew for each run
/// would take ten times as long as the run.
/// </summary>
/// <param name="arenaName">Name of the arena.</param>
internal sealed unsafe partial class Attachment(string arenaName) : IDisposable
{
    private const int SetLock = 37;
    private const short Unlocked = 2;

    private ArenaFile? _file;
    private ShmArena? _arena;

    /// <summary>Attaches as <see cref="ShmArena.Attach"/> does, but runs no recovery.</summary>
    internal ShmArena Open()
    {
        _file ??= ArenaFile.Attach(arenaName, new ShmArenaAttachOptions(), 0, 0);
        return _arena = new ShmArena(_file);
    }

    /// <summary>
    /// Drops the locks of the file, as the kernel does when a process is killed. Changes nothing in shared memory, so a thread
    /// may still be within an operation.
    /// </summary>
    internal void DropLocks()
    {
        FileLock request = new() { Type = Unlocked };
        if (_file is not null && Control((int)_file.Handle.DangerousGetHandle(), SetLock, &request) != 0)
        {
            throw new InvalidOperationException($"fcntl(F_OFD_SETLK) failed with errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Disposes the arena object. The next run opens the file again.</summary>
    internal void Detach()
    {
        _arena?.Dispose();
        (_arena, _file) = (null, null);
    }

    /// <summary>Releases all resources of the arena object except the file and the mapping.</summary>
    internal void Close()
    {
        DropLocks();
        if (_arena is not null)
        {
            LifetimeOf(_arena).TryEnd();
            HeapsOf(_arena).Dispose();
            lock (AttachedArenas(null))
            {
                AttachedArenas(null).Remove(_arena);
            }

            _arena = null;
        }
    }

    public void Dispose()
    {
        Close();
        _file?.Handle.Dispose();
        _file?.Segment.Dispose();
        _file = null;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lifetime")]
    private static extern ref ArenaLifetime LifetimeOf(ShmArena arena);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_heaps")]
    private static extern ref HeapPool HeapsOf(ShmArena arena);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "s_attached")]
    private static extern ref HashSet<ShmArena> AttachedArenas(ShmArena? arena);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int file, int command, FileLock* request);

    /// <summary>Kernel's <c>struct flock</c>. A length of 0 stands for all bytes from the start.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    private struct FileLock
    {
        [FieldOffset(0)] internal short Type;
    }
}
