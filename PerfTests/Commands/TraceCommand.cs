using System.CommandLine;
using PerfTests.Files;
using PerfTests.Metrics.Traces;

namespace PerfTests.Commands;

/// <summary>Writes a synthetic KV-cache trace, as the one that ships with the tests was written.</summary>
internal static class TraceCommand
{
    private const int MostRequests = 10_000_000;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to write" };
        var seed = NumberOption.Create(
            "--seed", "The same seed makes the same trace", int.MinValue, int.MaxValue, TraceGenerator.ShippedSeed);
        var requests = NumberOption.Create("--requests", "How many requests", 1, MostRequests, TraceGenerator.ShippedRequestCount);
        var command = new Command("trace", "Write a synthetic KV-cache trace (JSON lines)") { file, seed, requests };
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
