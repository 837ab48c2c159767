using Shm.Arena;
using Shm.Core;
using Shm.Core.Native;

namespace PerfTests.Tests.Arena;

/// <summary>Calls every entry point of the libraries in a process that simulates another operating system.</summary>
internal static class OtherSystemChild
{
    internal const string Task = "other-system";

    private const int ByteCount = 1 << 20;

    private static readonly (string Name, Action Call)[] s_entryPoints =
    [
        ("create", () => ShmSegment.CreateExclusive(ByteCount)),
        ("create by name", () => ShmSegment.CreateExclusive("perftests_other", ByteCount)),
        ("create with options", () => ShmSegment.CreateExclusive(null, ByteCount, new ShmSegmentOptions())),
        ("open", () => ShmSegment.Open("perftests_other", ByteCount)),
        ("open with options", () => ShmSegment.Open("perftests_other", ByteCount, new ShmSegmentOpenOptions { Directory = "C:\\shared" })),
        ("list stale", () => StaleSegments.List("C:\\shared")),
        ("remove stale", () => StaleSegments.Remove()),
        ("allocate", () => new SegmentAllocator().Allocate(ByteCount)),
        ("create an arena", () => ShmArena.Create(1L << 30)),
        ("attach to an arena", () => ShmArena.Attach("perftests_other")),
        ("create an arena table", () => _ = new ArenaTable(4L << 20, slotCount: 1)),
    ];

    /// <summary>Prints the outcome of each call.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run()
    {
        AppContext.SetSwitch(Platform.OtherSystemSwitch, true);
        foreach ((var name, var call) in s_entryPoints)
        {
            Console.WriteLine($"{name}: {Outcome(call)}");
        }

        return 0;
    }

    private static string Outcome(Action call)
    {
        try
        {
            call();
            return "done";
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }
}
