using System.IO.MemoryMappedFiles;
using System.Text;
using PerfTests.Tests.Arena.Kill.Workers;

namespace PerfTests.Tests.Arena.Kill.Sharing;

/// <summary>The memory by which the conductor, the workers and the auditor know of each other; no part of the arena.</summary>
internal sealed unsafe class ControlMemory : IDisposable
{
    internal const int WorkerCount = 5;

    /// <summary>The worker that created the arena, checks it, and is never killed.</summary>
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
        Processes.KeepOnFork((nint)_start, TotalBytes);
    }

    internal static ControlMemory Create(string path) =>
        new(MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, TotalBytes));

    internal static ControlMemory Open(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.Open));

    internal WorkerArea* Worker(int index) => (WorkerArea*)(_start + ((index + 1) * WorkerArea.ByteCount));

    /// <summary>A block on offer to everybody.</summary>
    internal ListedBlock* Offer(int index) => (ListedBlock*)_start + index;

    /// <summary>A block on its way to a worker.</summary>
    internal ListedBlock* Letter(int worker, int index) => &Worker(worker)->FirstLetter + index;

    /// <summary>A block that a worker holds.</summary>
    internal ListedBlock* Held(int worker, int index) => &Worker(worker)->FirstHeld + index;

    internal bool IsPresent(int worker) => Volatile.Read(ref Worker(worker)->IsPresent) != 0;

    /// <summary>Forgets what a worker that is gone held and was sent.</summary>
    internal void Clear(int worker)
    {
        WorkerArea* area = Worker(worker);
        area->Member = 0;
        new Span<ListedBlock>(&area->FirstLetter, WorkerArea.MailboxCount).Clear();
        new Span<ListedBlock>(&area->FirstHeld, WorkerArea.MostBlocks).Clear();
        (area->Armed[0], area->Armed[1], area->Armed[2]) = (-1, 0, 0);
    }

    /// <summary>Sends itself a signal when a worker comes to a point for the given time; point -1: never.</summary>
    internal void Arm(int worker, int point, int hit, int signal)
    {
        WorkerArea* area = Worker(worker);
        (area->Armed[1], area->Armed[2]) = (hit, signal);
        Volatile.Write(ref area->Armed[0], point);
    }

    internal void Fail(int worker, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = Math.Min(bytes.Length, WorkerArea.MostFailureBytes - 1);
        bytes.AsSpan(1, length - 1).CopyTo(new Span<byte>(Worker(worker)->Failure + 1, length - 1));
        Volatile.Write(ref *Worker(worker)->Failure, bytes[0]);
    }

    /// <summary>What a worker found to be wrong, or null.</summary>
    internal string? FailureOf(int worker)
    {
        WorkerArea* area = Worker(worker);
        return Volatile.Read(ref *area->Failure) == 0 ? null
            : Encoding.UTF8.GetString(new ReadOnlySpan<byte>(area->Failure, WorkerArea.MostFailureBytes)).TrimEnd('\0');
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
