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
    private const int MaxNumber = 1_000_000_000;

    private const string Notes = """
        Exit codes:
          0  no schedule failed
          1  a block was lost or handed out twice, or members wait for each other; the message says how to replay the schedule
          2  an argument is wrong, or the libraries cannot be instrumented

        Examples:
          dotnet run --project PerfTests -- explore
          dotnet run --project PerfTests -- explore --scenario slabs --preemptions 3
          dotnet run --project PerfTests -- explore --replay "remote-free/12>1,20x0"
          dotnet run --project PerfTests -- explore --random --seconds 600 --seed 7

        """;

    public static Command Create()
    {
        var scenario = new Option<string?>("--scenario") { Description = "Explore only this scenario" };
        var preemptions = NumberOption.Create(
            "--preemptions", "Maximum number of times that a member which could go on must wait", 0, 10, defaultValue: 2);
        var runs = NumberOption.Create("--runs", "Maximum number of runs of each scenario", 1, MaxNumber, defaultValue: MaxNumber);
        var seconds = NumberOption.Create("--seconds", "Maximum time for each scenario", 1, MaxNumber, defaultValue: MaxNumber);
        var noKills = new Option<bool>("--no-kills") { Description = "Kill no member" };
        var waiting = new Option<bool>("--kill-waiting") { Description = "Kill also members that wait within an operation" };
        var fine = new Option<bool>("--fine")
        {
            Description = "Let members change places before every marked access to shared memory, and not only in crash windows",
        };
        var random = new Option<bool>("--random") { Description = "Run random scenarios by random schedules; needs --seconds or --runs" };
        var seed = NumberOption.Create("--seed", "Seed of the random scenarios and schedules", 1, MaxNumber, defaultValue: 1);
        var orderings = new Option<bool>("--orderings") { Description = "Find the broken orderings that the kill test finds" };
        var broken = new Option<string?>("--broken") { Description = "Comma-separated broken orderings that the arena follows" };
        var replay = new Option<string?>("--replay") { Description = "Run only this schedule, and list its steps" };
        var command = new NotedCommand(
            "explore",
            "Run the arena by every schedule with few preemptions, with a kill at each point, and check that no block is lost",
            Notes)
        {
            scenario, preemptions, runs, seconds, noKills, waiting, fine, random, seed, orderings, broken, replay,
        };
        command.SetAction(parsed =>
        {
            var bounds = new SearchBounds(parsed.GetValue(preemptions), parsed.GetValue(runs), parsed.GetValue(seconds),
                !parsed.GetValue(noKills), parsed.GetValue(waiting), parsed.GetValue(fine));
            var selected = parsed.GetValue(broken)?.Split(',') ?? [];
            var schedule = parsed.GetValue(replay);
            if (schedule is not null && !Schedule.IsSchedule(schedule))
            {
                Console.Error.WriteLine($"\"{schedule}\" is not a schedule, such as remote-free/12>1,20x0.");
                return ExitCode.UnusableInput;
            }

            var name = schedule is null ? parsed.GetValue(scenario) : Schedule.Parse(schedule).Scenario;
            if (name is not null && ScenarioCatalogue.Find(name) is null)
            {
                Console.Error.WriteLine($"There is no scenario \"{name}\". Scenarios: {string.Join(", ", ScenarioCatalogue.All)}");
                return ExitCode.UnusableInput;
            }

            using var libraries = new InstrumentedLibraries();
            if (parsed.GetValue(orderings))
            {
                return ExplorationOutput.FindOrderings(libraries.Folder) ? ExitCode.Success : Failed;
            }

            SearchRequest[] requests = parsed.GetValue(random)
                ? [.. Enumerable.Range(parsed.GetValue(seed), Environment.ProcessorCount)
                    .Select(one => new SearchRequest("", bounds, selected, Seed: one))]
                : [.. ScenarioCatalogue.All.Select(one => one.Name).Append(name).Distinct().Where(one => name is null || one == name)
                    .OfType<string>().Select(one => new SearchRequest(one, bounds, selected, schedule))];
            return ExplorationOutput.Explore(libraries.Folder, requests) ? ExitCode.Success : Failed;
        });
        return command;
    }
}
