using System.Globalization;
using Shm.Arena;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>A process that runs a share of a stress test.</summary>
internal static class StressChild
{
    internal const string Task = "stress";

    /// <summary>Line that the process prints when its threads have ended. It exits when its input ends.</summary>
    internal const string Done = "done";

    private const int Broken = 4;

    internal static string[] Arguments(ShmArena arena, StressBoard board, int threadCount, int operations, int seed) =>
        [ArenaChild.Verb, Task, arena.Name, board.Name, Text(threadCount), Text(operations), Text(seed)];

    /// <summary>Runs the share.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] arguments)
    {
        using var arena = ShmArena.Attach(arguments[0]);
        using StressBoard board = StressBoard.Open(arguments[1]);
        Exception[] failures = StressTeam.Run(arena, board, Number(arguments[2]), Number(arguments[3]), Number(arguments[4]));
        Array.ForEach(failures, failure => Console.Error.WriteLine(failure));
        if (failures.Length > 0)
        {
            return Broken;
        }

        // Blocks that were passed on without an offer are held by this process until they are freed: it stays attached as long.
        Console.Out.WriteLine(Done);
        Console.In.ReadToEnd();
        return 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
