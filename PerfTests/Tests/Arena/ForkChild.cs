using System.Globalization;
using System.Runtime.InteropServices;
using PerfTests.KillTest.Workers;
using Shm.Arena;

namespace PerfTests.Tests.Arena;

/// <summary>Child process that attaches to an arena, allocates, and forks a process that keeps its descriptors.</summary>
internal static partial class ForkChild
{
    internal const string Task = "fork";

    private const uint MaxSeconds = 120;

    /// <summary>
    /// Prints the id of the forked process and the token of this process. Detaches when it reads a line, confirms with a line, and
    /// waits until its input ends.
    /// </summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string arenaName, string byteCount)
    {
        using var arena = ShmArena.Attach(arenaName);
        arena.Allocate(long.Parse(byteCount, CultureInfo.InvariantCulture));

        // The forked process runs these calls only, so they are compiled now.
        _ = SetAlarm(0);
        _ = Sleep(0);
        var forked = ProcessControl.Fork();
        if (forked == 0)
        {
            _ = SetAlarm(MaxSeconds);
            while (true)
            {
                _ = Sleep(MaxSeconds);
            }
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{forked} {arena.Member.Token}"));
        if (Console.In.ReadLine() is not null)
        {
            arena.Dispose();
            Console.Out.WriteLine();
            Console.In.ReadToEnd();
        }

        return 0;
    }

    [LibraryImport("libc", EntryPoint = "sleep")]
    private static partial uint Sleep(uint seconds);

    [LibraryImport("libc", EntryPoint = "alarm")]
    private static partial uint SetAlarm(uint seconds);
}
