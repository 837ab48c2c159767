using System.Reflection;
using System.Text.Json;
using PerfTests.ChildProcesses;
using PerfTests.Exploration.Checking;
using PerfTests.Exploration.Driving;
using PerfTests.Exploration.Scenarios;
using PerfTests.Exploration.Scheduling;
using PerfTests.Measurement.Benchmarks;
using Shm.Arena;

[assembly: ChildProcess<ExplorationServer>(ExplorationServer.Verb)]

namespace PerfTests.Exploration.Driving;

/// <summary>
/// Process that explores schedules on request, with instrumented libraries. A broken arena may crash this process, and not the
/// process that asks.
/// </summary>
internal sealed class ExplorationServer : IChildProcess
{
    /// <summary>
    /// Verb of the test executable that runs this process. Only the exploration uses the verb, so the help does not list it.
    /// </summary>
    internal const string Verb = "explore-arena-schedules";

    /// <summary>Answers requests. Uses the libraries in the folder that the first argument names.</summary>
    public static int Run(string[] arguments) =>
        (int)LayoutCopy.Get(arguments[0], 0).GetScenarioType(typeof(ExplorationServer).FullName!)
            .GetMethod(nameof(Serve), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [])!;

    private static int Serve()
    {
        while (Console.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize<SearchRequest>(line)!;
            KillPoint.Break(request.Broken);
            Console.WriteLine(JsonSerializer.Serialize(Answer(request)));
        }

        return 0;
    }

    private static SearchResult Answer(SearchRequest request)
    {
        Action<object>? log = request.IsLogged ? Console.Error.WriteLine : null;
        if (request.Scenario.Length == 0)
        {
            return RandomSearch.Run(request.Seed, request.Bounds, log);
        }

        var scenario = ScenarioCatalogue.Find(request.Scenario)!;
        return request.Replay is null
            ? new ScheduleSearch(scenario, request.Bounds, log).Run()
            : ScheduleReplay.Run(scenario, Schedule.Parse(request.Replay), request.Bounds.IsFine, Console.Error);
    }
}
