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

    private const uint MaxSeconds = 30;
    private const int MaxAttempts = 20;

    /// <summary>
    /// Prints the end of a process that was forked while a segment was prefaulted, and that disposed the segment. Then waits until
    /// its input ends.
    /// </summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string arenaName)
    {
        // The forked process has no thread that compiles, so the code runs once before.
        _ = SetAlarm(0);
        Open(arenaName).Dispose();

        using var arena = ShmArena.Attach(arenaName, new ShmArenaAttachOptions { PrefaultInBackground = true });
        arena.Allocate(100);
        var segment = Open(arenaName);
        for (var attempt = 0; attempt < MaxAttempts && segment.BackgroundPrefault!.State != BackgroundPrefaultState.Running; attempt++)
        {
            // The mapping was faster than this thread.
            segment.Dispose();
            segment = Open(arenaName);
        }

        var forked = ProcessControl.Fork();
        if (forked == 0)
        {
            // The signal ends this process if it waits for threads that it does not have.
            _ = SetAlarm(MaxSeconds);
            segment.Dispose();
            ProcessControl.Exit(0);
        }

        var end = ProcessControl.StateOf(forked);
        while (end == ChildState.Running)
        {
            Thread.Sleep(1);
            end = ProcessControl.StateOf(forked);
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(int)end}"));
        Console.In.ReadToEnd();
        segment.Dispose();
        return 0;
    }

    private static ShmSegment Open(string name) => ShmSegment.Open(
        name, 1, new ShmSegmentOpenOptions { PrefaultInBackground = true, PrefaultThreads = 1 });

    [LibraryImport("libc", EntryPoint = "alarm")]
    private static partial uint SetAlarm(uint seconds);
}
