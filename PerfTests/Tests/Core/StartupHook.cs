using System.Runtime.InteropServices;
using PerfTests.Running;
using Shm.Core;

// The runtime finds a start-up hook by this name, outside any namespace.
#pragma warning disable CA1050
/// <summary>A <see cref="PerfTests.Tests.Core.SegmentChild"/>: churns segments until it ends as told.</summary>
internal static partial class StartupHook
{
    internal const string EndingVariable = "SHM_TEST_ENDING";

    internal const string HoldRunLock = "hold the run's lock";

    private const int NotEnded = 99;

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

        if (ending == "create")
        {
            Environment.Exit(Create());
        }

        if (ending.StartsWith("lose", StringComparison.Ordinal))
        {
            LoseDirectory(isReplaced: ending == "lose to a file");
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
                // Nobody ended it. To go on would run all tests, this one too, without end.
                Thread.Sleep(TimeSpan.FromSeconds(20));
                Environment.Exit(NotEnded);
                break;
        }
    }

    /// <summary>Closes the descriptor of /dev/shm, as a program with a fault may; a file may get its number.</summary>
    private static void LoseDirectory(bool isReplaced)
    {
        int lost = SharedMemoryDirectory.Descriptor;
        SegmentCalls.Close(lost);
        bool isDone = isReplaced ? Duplicate(SegmentCalls.OpenFileExisting("/proc/self/status\0"u8, readOnly: true), lost) == lost : !File.Exists($"/proc/self/fd/{lost}");
        Console.Out.WriteLine($"{isDone}: {lost} lost");
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int number);

    /// <summary>Makes one segment, and says what became of it.</summary>
    private static int Create()
    {
        try
        {
            using (ShmSegment segment = ShmSegment.CreateExclusive(4096))
            {
                ShmSegment.Open(segment.Name, 4096).Dispose();
                Console.Out.WriteLine($"created {segment.Name}");
            }

            return 0;
        }
        catch (ShmException refusal)
        {
            Console.Out.WriteLine(refusal.Message);
            return 1;
        }
    }
}
