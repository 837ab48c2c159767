using System.Runtime.InteropServices;
using PerfTests.Running;
using Shm.Arena;
using Shm.Core;

// The runtime finds a start-up hook by this type name in the global namespace.
#pragma warning disable CA1050
/// <summary>
/// Code that a <see cref="PerfTests.Tests.Core.SegmentChild"/> runs: creates and frees segments until the process exits as
/// requested.
/// </summary>
internal static partial class StartupHook
{
    /// <summary>Environment variable that selects the task of the child process and the way in which it exits.</summary>
    internal const string EndingVariable = "SHM_TEST_ENDING";

    /// <summary>Value of the variable with which the child process only holds the lock of a performance run.</summary>
    internal const string HoldRunLock = "hold the run's lock";

    /// <summary>Value of the variable with which the child process removes stale segments and prints their names.</summary>
    internal const string Clean = "clean";

    /// <summary>
    /// Start of the value with which the child process creates objects under given names and keeps them. The rest of the value is
    /// the first part of the names.
    /// </summary>
    internal const string HoldNamed = "hold named ";

    /// <summary>
    /// End of the value with which the child process limits the file size and creates a longer segment; "again" at the start makes it
    /// create a segment before.
    /// </summary>
    internal const string BeyondFileSizeLimit = "create beyond the file size limit";

    /// <summary>Value of the variable with which the child process accesses a page that its segment's file has lost.</summary>
    internal const string AccessShortened = "access shortened";

    /// <summary>Exit code if no other process killed this process in time.</summary>
    private const int NotEnded = 99;

    /// <summary>Last parts of the names that <see cref="HoldNamed"/> uses.</summary>
    internal static IReadOnlyList<string> NamedKinds { get; } = ["plain", "options", "arena"];

    /// <summary>Runs before Main.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(EndingVariable) is not { } ending)
        {
            return;
        }

        if (ending == HoldRunLock)
        {
            using var alone = RunLock.Acquire(Console.WriteLine);
            Console.Out.WriteLine("ready ");
            Console.Out.Flush();
            Thread.Sleep(TimeSpan.FromSeconds(20));
            Environment.Exit(NotEnded);
        }

        if (ending == Clean)
        {
            Console.Out.WriteLine($"cleaned {string.Join(' ', StaleSegments.Remove().Select(segment => segment.Name))}");
            Environment.Exit(0);
        }

        if (ending.StartsWith(HoldNamed, StringComparison.Ordinal))
        {
            Hold(ending[HoldNamed.Length..]);
        }

        if (ending == "create")
        {
            Environment.Exit(Create());
        }

        if (ending.EndsWith(BeyondFileSizeLimit, StringComparison.Ordinal))
        {
            Environment.Exit(CreateBeyondLimit(hasCreatedBefore: ending.StartsWith("again", StringComparison.Ordinal)));
        }

        if (ending == AccessShortened)
        {
            using var segment = ShmSegment.CreateExclusive(8192);
            Shorten(segment, 4096);
            segment.AsSpan(0, 1)[0] = 1;
            Console.Out.WriteLine("accessed the first page");
            segment.AsSpan(4096, 1)[0] = 1;
            Environment.Exit(NotEnded);
        }

        if (ending == "create arena")
        {
            Environment.Exit(Create(
                () => ShmArena.Create(new ShmArenaOptions { CapacityBytes = ShmArenaOptions.MinCapacityBytes }).Dispose()));
        }

        if (ending.StartsWith("close descriptor", StringComparison.Ordinal))
        {
            CloseDirectory(isReplaced: ending != "close descriptor");
            Environment.Exit(Create());
        }

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
        Console.Out.WriteLine($"ready {Convert.ToBase64String(allocator.Describe(held[0]).ToBytes())}");
        Console.Out.Flush();
        switch (ending)
        {
            case "return":
                Environment.Exit(0);
                break;
            case "throw":
                throw new InvalidOperationException("planned");
            default:
                // No signal arrived. Returning would run all tests, which would start this process again.
                Thread.Sleep(TimeSpan.FromSeconds(20));
                Environment.Exit(NotEnded);
                break;
        }
    }

    private static void Hold(string name)
    {
        using var plain = ShmSegment.CreateExclusive($"{name}.{NamedKinds[0]}", 100);
        using var options = ShmSegment.CreateExclusive($"{name}.{NamedKinds[1]}", 100, new ShmSegmentOptions { Reserve = true });
        var capacity = ShmArenaOptions.MinCapacityBytes;
        using var arena = ShmArena.Create(new ShmArenaOptions { Name = $"{name}.{NamedKinds[2]}", CapacityBytes = capacity });
        Console.Out.WriteLine("ready ");
        Console.Out.Flush();
        Thread.Sleep(TimeSpan.FromSeconds(20));
        Environment.Exit(NotEnded);
    }

    /// <summary>
    /// Closes the descriptor of /dev/shm, as a faulty program may do. If <paramref name="isReplaced"/> is true, another file
    /// then gets the number of that descriptor.
    /// </summary>
    private static void CloseDirectory(bool isReplaced)
    {
        var lost = SharedMemoryDirectory.Descriptor;
        SegmentCalls.Close(lost);
        var isDone = isReplaced
            ? Duplicate(SegmentCalls.OpenFileExisting("/proc/self/status\0"u8, readOnly: true), lost) == lost
            : !File.Exists($"/proc/self/fd/{lost}");
        Console.Out.WriteLine($"closed descriptor {lost}: {isDone}");
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int number);

    /// <summary>Sets the length of a segment's file, as any process of the same user can.</summary>
    internal static void Shorten(ShmSegment segment, long byteCount)
    {
        using var file = File.OpenWrite("/dev/shm/" + segment.Name);
        file.SetLength(byteCount);
    }

    private static int CreateBeyondLimit(bool hasCreatedBefore)
    {
        if (hasCreatedBefore)
        {
            ShmSegment.CreateExclusive(4096).Dispose();
        }

        const int FileSize = 1;
        return SetLimit(FileSize, [1000, ulong.MaxValue]) == 0 ? Create() : NotEnded;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, ulong[] limits);

    /// <summary>Creates one segment and prints its name or the error.</summary>
    private static int Create() => Create(() =>
    {
        using var segment = ShmSegment.CreateExclusive(4096);
        ShmSegment.Open(segment.Name, 4096).Dispose();
        Console.Out.WriteLine($"created {segment.Name}");
    });

    private static int Create(Action create)
    {
        try
        {
            create();
            return 0;
        }
        catch (ShmException failure)
        {
            Console.Out.WriteLine(failure.Message);
            return 1;
        }
    }
}
