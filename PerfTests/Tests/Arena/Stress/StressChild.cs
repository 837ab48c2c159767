using System.Globalization;
using Shm.Arena;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>A process that puts an arena under stress together with others.</summary>
internal static class StressChild
{
    internal const string Task = "stress";

    private const int Broken = 4;

    internal static string[] Arguments(ShmArena arena, StressBoard board, int threadCount, int operations, int seed) =>
        [ArenaChild.Verb, Task, arena.Name, board.Name, Text(threadCount), Text(operations), Text(seed)];

    /// <returns>The exit code.</returns>
    internal static int Run(string[] arguments)
    {
        using var arena = ShmArena.Attach(arguments[0]);
        using StressBoard board = StressBoard.Open(arguments[1]);
        Exception[] failures = StressTeam.Run(arena, board, Number(arguments[2]), Number(arguments[3]), Number(arguments[4]));
        Array.ForEach(failures, failure => Console.Error.WriteLine(failure));
        return failures.Length == 0 ? 0 : Broken;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
