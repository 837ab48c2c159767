using System.CommandLine;
using PerfTests.Files;
using PerfTests.Metrics.Traces;

namespace PerfTests.Commands;

/// <summary>Verb <c>trace</c>: writes a synthetic KV-cache trace, such as the one that ships with the tests.</summary>
internal static class TraceCommand
{
    private const int MaxRequests = 10_000_000;

    private const string Notes = """
        Exit codes:
          0  the trace is written
          2  the file cannot be written, or an argument is wrong

        Example:
          dotnet run --project PerfTests -- trace long-trace.jsonl --requests 1000

        """;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "File to write; PERF_TRACE=FILE replays it" };
        var seed = NumberOption.Create(
            "--seed", "Seed of the random choices; equal seeds give equal traces", int.MinValue, int.MaxValue, TraceGenerator.ShippedSeed);
        var requests = NumberOption.Create("--requests", "Number of requests", 1, MaxRequests, TraceGenerator.ShippedRequestCount);
        var command = new NotedCommand("trace", "Write a synthetic KV-cache trace (JSON lines)", Notes) { file, seed, requests };
        command.SetAction(parsed =>
        {
            var trace = TraceGenerator.Generate(parsed.GetValue(seed), parsed.GetValue(requests));
            AtomicFile.Write(parsed.GetRequiredValue(file), stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                foreach (var request in trace)
                {
                    writer.Write(TraceFile.Format(request));
                    writer.Write('\n');
                }
            });
        });
        return command;
    }
}
