using System.Globalization;
using Shm.Arena;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>Child process that runs some threads of a stress test.</summary>
internal static class StressChild
{
    internal const string Task = "stress";

    /// <summary>Line that the process prints when its threads have ended. The process exits when its input ends.</summary>
    internal const string Done = "done";

    private const int Broken = 4;

    internal static string[] Arguments(ShmArena arena, StressBoard board, int threadCount, int operations, int seed) =>
        [ArenaChild.Verb, Task, arena.Name, board.Name, Text(threadCount), Text(operations), Text(seed)];

    /// <summary>Runs the threads of this process.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] arguments)
    {
        using var arena = ShmArena.Attach(arguments[0]);
        using var board = StressBoard.Open(arguments[1]);
        var failures = StressTeam.Run(arena, board, Number(arguments[2]), Number(arguments[3]), Number(arguments[4]));
        Array.ForEach(failures, failure => Console.Error.WriteLine(failure));
        if (failures.Length > 0)
        {
            return Broken;
        }

        // This process holds the blocks that it passed on without an offer until they are freed, so it stays attached until then.
        Console.Out.WriteLine(Done);
        Console.In.ReadToEnd();
        return 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
