using PerfTests.Versions;

namespace PerfTests.Tests.Arena.Kill.Injection;

/// <summary>What the copy of the arena that is tested has beside the arena's own code.</summary>
internal static class KillSwitch
{
    private const string Source = """
        using System.Runtime.InteropServices;

        namespace Shm.Arena;

        internal static unsafe class KillSwitch
        {
            internal static nint Armed;
            internal static int Broken;
            internal static int PatienceMilliseconds = 30_000;

            internal static bool Is(int ordering) => (Broken >> ordering & 1) != 0;

            internal static void Hit(int point)
            {
                int* armed = (int*)Armed;
                if (armed != null && Volatile.Read(ref armed[0]) == point && Interlocked.Decrement(ref armed[1]) == 0)
                {
                    kill(getpid(), armed[2]);
                }
            }

            [DllImport("libc")]
            private static extern int getpid();

            [DllImport("libc")]
            private static extern int kill(int processId, int signal);
        }

        """;

    /// <summary>Everything that is done to the copy, in this order.</summary>
    internal static ISourceEdit[] Edits =>
    [
        new AddedFile("Shm.Arena/KillSwitch.cs", Source),
        new TextEdit("Shm.Arena/Supply/SupplyLock.cs", "TimeSpan.FromSeconds(30)", "TimeSpan.FromMilliseconds(KillSwitch.PatienceMilliseconds)"),
        .. BrokenOrdering.All.SelectMany(ordering => ordering.Edits),
        .. KillPoints.All.Select(point => point.Edit),
    ];

    /// <summary>The statement that makes a process die or stop.</summary>
    internal static string Hit(int number) => $"KillSwitch.Hit({number});";

    /// <summary>The condition that an ordering is the broken one.</summary>
    internal static string Is(int number) => $"KillSwitch.Is({number})";
}
