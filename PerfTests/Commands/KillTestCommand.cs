using System.CommandLine;
using System.Diagnostics;
using PerfTests.ChildProcesses;
using PerfTests.KillTest;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Instrumented;

namespace PerfTests.Commands;

/// <summary>Verb <c>kill-test</c>: runs the kill test with more kills than in the project's own tests.</summary>
internal static class KillTestCommand
{
    private const int Failed = 1;
    private const int MaxKills = 1_000_000_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    private const string Notes = """
        Exit codes:
          0  the arena survived all kills; crash windows that no kill hit are listed
          1  a block was lost or handed out twice, or a process failed; the message says how to repeat the run
          2  an argument is wrong, or the libraries cannot be instrumented

        Example:
          dotnet run --project PerfTests -- kill-test --kills 10000

        """;

    public static Command Create()
    {
        var kills = NumberOption.Create("--kills", "Number of processes to kill", 1, MaxKills, defaultValue: 10_000);
        var minutes = SelfTestCommand.CreateMinutes();
        var seed = NumberOption.Create(
            "--seed",
            "Seed of the random choices; the moments of kills still vary. 0: a new seed each time",
            int.MinValue,
            int.MaxValue,
            defaultValue: 0);
        var command = new NotedCommand(
            "kill-test",
            "Kill processes that use an arena, at random moments and in every crash window, and check that no block is lost",
            Notes)
        {
            kills, minutes, seed,
        };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(seed) is not 0 and var given ? given : Environment.TickCount;
            using var libraries = new InstrumentedLibraries();
            var deadline = DateTime.UtcNow.AddMinutes(parsed.GetValue(minutes));
            var killCount = parsed.GetValue(kills);
            var sinceProgress = Stopwatch.StartNew();
            KillCampaign? campaign = null;
            campaign = new KillCampaign(TestExecutable.Folder, () => libraries.Folder, chosen, deadline)
            {
                ArenaEnded = () => ShowProgress(campaign!, killCount, sinceProgress),
            };
            try
            {
                campaign.Run(killCount);
            }
            catch (KillTestException failure)
            {
                Console.Error.WriteLine(failure.Message);
                Console.Error.WriteLine($"The kill test failed after {CountText.Of(campaign.KillCount, "kill")}.");
                Console.Error.WriteLine(FormattableString.Invariant(
                    $"Repeat it with: dotnet run --project PerfTests -- kill-test --kills {killCount} --seed {chosen}"));
                return Failed;
            }

            var seconds = FormattableString.Invariant($"{campaign.Duration.TotalSeconds:0}");
            var events = $"{CountText.Of(campaign.KillCount, "kill")} and {CountText.Of(campaign.StopCount, "stop")}";
            Console.WriteLine(FormattableString.Invariant($"The arena survived {events} in {seconds} s (--seed {chosen})."));
            foreach (var missed in campaign.MissedWindows)
            {
                Console.WriteLine($"Crash window not reached: {missed}");
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Prints the number of kills up to now, at most twice a minute.</summary>
    private static void ShowProgress(KillCampaign campaign, int kills, Stopwatch sinceProgress)
    {
        if (sinceProgress.Elapsed > s_pause)
        {
            sinceProgress.Restart();
            Console.Error.WriteLine(FormattableString.Invariant($"{campaign.KillCount} of {CountText.Of(kills, "kill")}, no block lost"));
        }
    }
}
