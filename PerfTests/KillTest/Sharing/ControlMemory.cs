using System.IO.MemoryMappedFiles;
using System.Text;
using PerfTests.KillTest.Workers;
using Shm.Arena;

namespace PerfTests.KillTest.Sharing;

/// <summary>
/// Memory through which the conductor, the auditor and the workers communicate. This memory is not part of the arena.
/// </summary>
internal sealed unsafe class ControlMemory : IDisposable
{
    internal const int WorkerCount = 5;

    /// <summary>Index of the worker that creates the arena, audits it, and is never killed.</summary>
    internal const int Auditor = 0;

    internal const int OfferCount = 16;

    private const int TotalBytes = (WorkerCount + 1) * WorkerArea.ByteCount;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    private ControlMemory(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        ProcessControl.InheritOnFork((nint)_start, TotalBytes);
    }

    internal static ControlMemory Create(string path) =>
        new(MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, TotalBytes));

    internal static ControlMemory Open(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.Open));

    internal WorkerArea* Worker(int index) => (WorkerArea*)(_start + ((index + 1) * WorkerArea.ByteCount));

    /// <summary>Returns an entry for a block that is offered to every worker.</summary>
    internal ListedBlock* Offer(int index) => (ListedBlock*)_start + index;

    /// <summary>Returns an entry for a block that is sent to a worker.</summary>
    internal ListedBlock* Sent(int worker, int index) => &Worker(worker)->FirstSent + index;

    /// <summary>Returns an entry for a block that a worker holds.</summary>
    internal ListedBlock* Held(int worker, int index) => &Worker(worker)->FirstHeld + index;

    internal bool IsPresent(int worker) => Volatile.Read(ref Worker(worker)->IsPresent) != 0;

    /// <summary>Removes the entries and the trap of a worker that has exited.</summary>
    internal void Clear(int worker)
    {
        var area = Worker(worker);
        area->Member = 0;
        new Span<ListedBlock>(&area->FirstSent, WorkerArea.MailboxCount).Clear();
        new Span<ListedBlock>(&area->FirstHeld, WorkerArea.MaxBlocks).Clear();
        area->Trap = default;
    }

    /// <summary>
    /// Sets a worker's trap: the worker sends itself the signal when it has reached the window <paramref name="hit"/> times.
    /// </summary>
    internal void Arm(int worker, CrashWindow window, int hit, int signal)
    {
        var area = Worker(worker);
        (area->Trap.HitsLeft, area->Trap.Signal) = (hit, signal);
        Volatile.Write(ref *(int*)&area->Trap.Window, (int)window);
    }

    /// <summary>Reports a failure of a worker to the conductor.</summary>
    internal void Fail(int worker, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(bytes.Length, WorkerArea.MaxFailureBytes - 1);
        bytes.AsSpan(1, length - 1).CopyTo(new Span<byte>(Worker(worker)->Failure + 1, length - 1));
        Volatile.Write(ref *Worker(worker)->Failure, bytes[0]);
    }

    /// <summary>Returns the failure that a worker reported, or null.</summary>
    internal string? FailureOf(int worker)
    {
        var area = Worker(worker);
        return Volatile.Read(ref *area->Failure) == 0 ? null
            : Encoding.UTF8.GetString(new ReadOnlySpan<byte>(area->Failure, WorkerArea.MaxFailureBytes)).TrimEnd('\0');
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
