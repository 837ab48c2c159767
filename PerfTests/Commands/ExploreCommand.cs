using System.CommandLine;
using PerfTests.Exploration.Checking;
using PerfTests.Exploration.Driving;
using PerfTests.Exploration.Scenarios;
using PerfTests.Exploration.Scheduling;
using PerfTests.KillTest.Instrumented;

namespace PerfTests.Commands;

/// <summary>Verb <c>explore</c>: runs the arena's protocol by every schedule with few preemptions.</summary>
internal static class ExploreCommand
{
    private const int Failed = 1;
    private const int MaxRuns = 1_000_000_000;

    private const string Notes = """
        Exit codes:
          0  no schedule failed
          1  a block was lost or handed out twice, or members wait for each other; the message says how to replay the schedule
          2  an argument is wrong, or the libraries cannot be instrumented

        Examples:
          dotnet run --project PerfTests -- explore
          dotnet run --project PerfTests -- explore --scenario slabs --preemptions 3
          dotnet run --project PerfTests -- explore --replay "remote-free/12>1,20x0"

        """;

    public static Command Create()
    {
        var scenario = new Option<string?>("--scenario") { Description = "Explore only this scenario" };
        var preemptions = NumberOption.Create(
            "--preemptions", "Maximum number of times that a member which could go on must wait", 0, 10, defaultValue: 2);
        var runs = NumberOption.Create("--runs", "Maximum number of runs of each scenario", 1, MaxRuns, defaultValue: MaxRuns);
        var seconds = NumberOption.Create("--seconds", "Maximum time for each scenario", 1, MaxRuns, defaultValue: MaxRuns);
        var noKills = new Option<bool>("--no-kills") { Description = "Kill no member" };
        var waiting = new Option<bool>("--kill-waiting") { Description = "Kill also members that wait within an operation" };
        var fine = new Option<bool>("--fine")
        {
            Description = "Let members change places before every marked access to shared memory, and not only in crash windows",
        };
        var broken = new Option<string?>("--broken") { Description = "Comma-separated broken orderings that the arena follows" };
        var replay = new Option<string?>("--replay") { Description = "Run only this schedule, and list its steps" };
        var command = new NotedCommand(
            "explore", "Run the arena by every schedule with few preemptions, with a kill at each point, and check that no block is lost", Notes)
        {
            scenario, preemptions, runs, seconds, noKills, waiting, fine, broken, replay,
        };
        command.SetAction(parsed =>
        {
            using var libraries = new InstrumentedLibraries();
            var bounds = new SearchBounds(parsed.GetValue(preemptions), parsed.GetValue(runs), parsed.GetValue(seconds),
                !parsed.GetValue(noKills), parsed.GetValue(waiting), parsed.GetValue(fine));
            string[] orderings = parsed.GetValue(broken)?.Split(',') ?? [];
            var schedule = parsed.GetValue(replay);
            var name = schedule is null ? parsed.GetValue(scenario) : Schedule.Parse(schedule).Scenario;
            SearchRequest[] requests = [.. ScenarioCatalogue.All.Where(one => name is null || one.Name == name)
                .Select(one => new SearchRequest(one.Name, bounds, orderings, schedule))];
            if (requests.Length == 0)
            {
                Console.Error.WriteLine($"There is no scenario \"{name}\". Scenarios: {string.Join(", ", ScenarioCatalogue.All)}");
                return ExitCode.UnusableInput;
            }

            return Explore(libraries.Folder, requests) ? ExitCode.Success : Failed;
        });
        return command;
    }

    private static bool Explore(string libraries, SearchRequest[] requests)
    {
        var results = ExplorationCampaign.Run(libraries, requests, (result, steps) =>
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{result.Scenario,-26} {result.Schedules,9} schedules {result.Kills,9} kills {result.Seconds,6:0.0} s{(result.IsComplete ? "" : "  incomplete")}"));
            if (requests[0].Replay is not null)
            {
                Console.WriteLine(steps);
            }

            if (result.Failure is not null)
            {
                Console.Error.WriteLine($"FAILED: {result.Message}");
                Console.Error.WriteLine($"Replay it with: explore --replay \"{result.Failure}\"");
            }
        });
        Console.WriteLine(FormattableString.Invariant(
            $"{results.Sum(result => result.Schedules)} schedules, {results.Sum(result => result.Kills)} kills"));
        return results.All(result => result.Failure is null);
    }
}
