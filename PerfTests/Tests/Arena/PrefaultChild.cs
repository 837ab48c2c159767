using System.Globalization;
using System.Runtime.InteropServices;
using PerfTests.KillTest.Workers;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena;

/// <summary>Child process that attaches to an arena, and forks while pages are mapped in the background.</summary>
internal static partial class PrefaultChild
{
    internal const string Task = "prefault";

    private const uint MostSeconds = 30;

    /// <summary>
    /// Prints the end of a forked process that disposed a segment, and the state of the segment's prefault when the process was
    /// forked. Then waits until its input ends.
    /// </summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string arenaName)
    {
        // The forked process has no thread that compiles, so the code runs once before.
        _ = SetAlarm(0);
        Open(arenaName).Dispose();

        using var arena = ShmArena.Attach(arenaName, new ShmArenaAttachOptions { PrefaultInBackground = true });
        arena.Allocate(100);
        using var segment = Open(arenaName);
        var state = segment.BackgroundPrefault!.State;
        var forked = ProcessControl.Fork();
        if (forked == 0)
        {
            // The signal ends this process if it waits for threads that it does not have.
            _ = SetAlarm(MostSeconds);
            segment.Dispose();
            ProcessControl.Exit(0);
        }

        var end = ProcessControl.StateOf(forked);
        while (end == ChildState.Running)
        {
            Thread.Sleep(1);
            end = ProcessControl.StateOf(forked);
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(int)end} {state}"));
        Console.In.ReadToEnd();
        return 0;
    }

    private static ShmSegment Open(string name) => ShmSegment.Open(name, 1, new ShmSegmentOpenOptions { PrefaultInBackground = true });

    [LibraryImport("libc", EntryPoint = "alarm")]
    private static partial uint SetAlarm(uint seconds);
}
