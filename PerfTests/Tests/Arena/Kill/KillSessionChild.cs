using PerfTests.ChildProcesses;
using PerfTests.KillTest.Driving;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Child process that runs rounds of a kill session until a signal ends it.</summary>
internal static class KillSessionChild
{
    internal const string Task = "kill-session";

    /// <summary>Prints the name of the arena when all workers are attached, and then runs rounds without end.</summary>
    internal static int Run()
    {
        using var session = new KillSession(TestExecutable.Folder, seed: 11);
        Console.Out.WriteLine(session.ArenaName);
        while (true)
        {
            session.Run(new KillRound());
        }
    }
}
