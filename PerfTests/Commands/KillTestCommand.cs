using System.CommandLine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Tests.Arena.Kill;
using PerfTests.Tests.Arena.Kill.Driving;
using PerfTests.Tests.Arena.Kill.Injection;

namespace PerfTests.Commands;

/// <summary>Kills processes that use an arena, more often than the tests do.</summary>
internal static class KillTestCommand
{
    private const int Failed = 1;
    private const int MostKills = 1_000_000_000;

    public static Command Create()
    {
        var kills = NumberOption.Create("--kills", "How many processes to kill", 1, MostKills, usual: 10_000);
        var minutes = SelfTestCommand.CreateMinutes();
        var seed = NumberOption.Create(
            "--seed", "What is random, but when exactly what happens; 0: another one each time", int.MinValue, int.MaxValue, usual: 0);
        var command = new Command("kill-test", "Kill processes that use an arena, at random moments and within every critical window, and check what is left")
        {
            kills, minutes, seed,
        };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(seed) is not 0 and var given ? given : Environment.TickCount;
            using var libraries = new InstrumentedLibraries();
            var campaign = new KillCampaign(LibraryCopy.OwnFolder, () => libraries.Folder, chosen, DateTime.UtcNow.AddMinutes(parsed.GetValue(minutes)));
            try
            {
                campaign.Run(parsed.GetValue(kills));
            }
            catch (KillTestException failure)
            {
                Console.Error.WriteLine(failure.Message);
                Console.Error.WriteLine(FormattableString.Invariant($"After {campaign.KillCount} kills with --seed {chosen}."));
                return Failed;
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{campaign.KillCount} kills and {campaign.StopCount} stops survived in {campaign.Duration.TotalSeconds:0} s (--seed {chosen})."));
            foreach (var missed in campaign.MissedPoints)
            {
                Console.WriteLine($"Never reached: {missed.Name}");
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
