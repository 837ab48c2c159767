using System.Runtime.InteropServices;
using PerfTests.Running;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Core;

/// <summary>Tasks of a <see cref="SegmentChild"/>.</summary>
internal static partial class SegmentChildTask
{
    /// <summary>Holds the lock of a performance run.</summary>
    internal const string HoldRunLock = "hold the run's lock";

    /// <summary>Removes stale segments and prints their names.</summary>
    internal const string Clean = "clean";

    /// <summary>Creates a segment and opens it; prints its name or the error.</summary>
    internal const string Create = "create a segment";

    /// <summary>Creates an arena; prints the error.</summary>
    internal const string CreateArena = "create an arena";

    /// <summary>Limits the file size, and creates a longer segment.</summary>
    internal const string CreateBeyondLimit = "create a segment beyond the file size limit";

    /// <summary>Creates a segment, limits the file size, and creates a longer segment.</summary>
    internal const string CreateAgainBeyondLimit = "create a second segment beyond the file size limit";

    /// <summary>Closes the descriptor of /dev/shm, as a faulty program may do, and creates a segment.</summary>
    internal const string CloseDirectory = "close the directory";

    /// <summary>Gives the number of the descriptor of /dev/shm to another file, and creates a segment.</summary>
    internal const string ReplaceDirectory = "replace the directory";

    /// <summary>Accesses a page that a segment's file has lost.</summary>
    internal const string AccessShortened = "access a shortened file";

    /// <summary>
    /// Start of a task that creates objects under given names and keeps them. The rest of the task is the first part of the names.
    /// </summary>
    internal const string HoldNamed = "hold objects named ";

    /// <summary>Holds some segments, creates and frees others, and returns from Main.</summary>
    internal const string HoldAndReturn = "hold segments and return";

    /// <summary>Holds some segments, creates and frees others, and throws an exception that nothing handles.</summary>
    internal const string HoldAndThrow = "hold segments and throw";

    /// <summary>Holds some segments, and creates and frees others, until a signal ends the process.</summary>
    internal const string Hold = "hold segments";

    /// <summary>Creates a long segment, whose pages are reserved and mapped.</summary>
    internal const string Reserve = "reserve a segment";

    /// <summary>Holds a segment, and cancels the first SIGTERM by a handler that is registered afterwards.</summary>
    internal const string HoldAndCancel = "hold a segment and cancel the first SIGTERM";

    /// <summary>Length of the segment that <see cref="Reserve"/> creates, in bytes.</summary>
    internal const long ReservedBytes = 1L << 30;

    private const int Success = 0, Refused = 1;

    /// <summary>Exit code if no other process killed this process in time.</summary>
    private const int NotEnded = 99;

    /// <summary>Last parts of the names that <see cref="HoldNamed"/> uses.</summary>
    internal static IReadOnlyList<string> NamedKinds { get; } = ["plain", "options", "arena"];

    /// <summary>Runs a task and returns the exit code.</summary>
    internal static int Run(string task) => task switch
    {
        HoldRunLock => HoldLock(),
        Clean => Print($"cleaned {string.Join(' ', StaleSegments.Remove().Select(segment => segment.Name))}"),
        Create => CreateSegment(),
        CreateArena => Try(() => ShmArena.Create(Smallest(null)).Dispose()),
        CreateBeyondLimit => CreateLongSegment(),
        CreateAgainBeyondLimit => Try(() => ShmSegment.CreateExclusive(4096).Dispose()) + CreateLongSegment(),
        CloseDirectory => LoseDirectory(isReplaced: false),
        ReplaceDirectory => LoseDirectory(isReplaced: true),
        AccessShortened => AccessLostPage(),
        Reserve => ReserveSegments(),
        HoldAndCancel => HoldAndCancelSignal(),
        _ when task.StartsWith(HoldNamed, StringComparison.Ordinal) => HoldObjects(task[HoldNamed.Length..]),
        _ => HoldSegments(task),
    };

    /// <summary>Sets the length of a segment's file, as any process of the same user can.</summary>
    internal static void Shorten(ShmSegment segment, long byteCount)
    {
        using var file = File.OpenWrite("/dev/shm/" + segment.Name);
        file.SetLength(byteCount);
    }

    private static int HoldLock()
    {
        using var alone = RunLock.Acquire(Console.WriteLine);
        return WaitForEnd();
    }

    private static int HoldObjects(string name)
    {
        using var plain = ShmSegment.CreateExclusive($"{name}.{NamedKinds[0]}", 100);
        using var options = ShmSegment.CreateExclusive($"{name}.{NamedKinds[1]}", 100, new ShmSegmentOptions { Reserve = true });
        using var arena = ShmArena.Create(Smallest($"{name}.{NamedKinds[2]}"));
        return WaitForEnd();
    }

    private static int HoldSegments(string task)
    {
        var allocator = new SegmentAllocator();
        ShmBlock[] held = [.. Enumerable.Range(0, 100).Select(_ => allocator.Allocate(4096))];
        new Thread(() =>
        {
            while (true)
            {
                allocator.Free(allocator.Allocate(4096));
            }
        })
        { IsBackground = true }.Start();
        var description = Convert.ToBase64String(allocator.Describe(held[0]).ToBytes());
        return task switch
        {
            HoldAndReturn => Print($"ready {description}"),
            HoldAndThrow when Print($"ready {description}") == Success => throw new InvalidOperationException("planned"),
            _ => WaitForEnd(description),
        };
    }

    private static int ReserveSegments()
    {
        var options = new ShmSegmentOptions { Reserve = true, Prefault = true, PrefaultThreads = 1 };
        ShmSegment.CreateExclusive(null, 4096, options).Dispose();
        Print("ready ");
        ShmSegment.CreateExclusive(null, ReservedBytes, options).Dispose();
        Thread.Sleep(TimeSpan.FromSeconds(20));
        return NotEnded;
    }

    private static int HoldAndCancelSignal()
    {
        using var segment = ShmSegment.CreateExclusive(4096);
        var count = 0;
        using var handler = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM, context => context.Cancel = Interlocked.Increment(ref count) == 1);
        return WaitForEnd();
    }

    private static int LoseDirectory(bool isReplaced)
    {
        var lost = SharedMemoryDirectory.Descriptor;
        SegmentCalls.Close(lost);
        var isDone = isReplaced
            ? Duplicate(SegmentCalls.OpenFileExisting("/proc/self/status\0"u8, readOnly: true), lost) == lost
            : !File.Exists($"/proc/self/fd/{lost}");
        return Print($"closed descriptor {lost}: {isDone}") + CreateSegment();
    }

    private static int AccessLostPage()
    {
        using var segment = ShmSegment.CreateExclusive(8192);
        Shorten(segment, 4096);
        segment.AsSpan(0, 1)[0] = 1;
        Print("accessed the first page");
        segment.AsSpan(4096, 1)[0] = 1;
        return NotEnded;
    }

    private static int CreateLongSegment()
    {
        const int FileSize = 1;
        return SetLimit(FileSize, [1000, ulong.MaxValue]) == 0 ? CreateSegment() : NotEnded;
    }

    private static int CreateSegment() => Try(() =>
    {
        using var segment = ShmSegment.CreateExclusive(4096);
        ShmSegment.Open(segment.Name, 4096).Dispose();
        Print($"created {segment.Name}");
    });

    private static int Try(Action create)
    {
        try
        {
            create();
            return Success;
        }
        catch (ShmException failure)
        {
            Print(failure.Message);
            return Refused;
        }
    }

    private static ShmArenaOptions Smallest(string? name) => new() { Name = name, CapacityBytes = ShmArenaOptions.MinCapacityBytes };

    private static int Print(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
        return Success;
    }

    /// <summary>Prints that this process is ready, and waits for a signal.</summary>
    private static int WaitForEnd(string description = "")
    {
        Print($"ready {description}");
        Thread.Sleep(TimeSpan.FromSeconds(20));
        return NotEnded;
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int number);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ulong[] limits);
}
