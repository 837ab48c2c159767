using System.CommandLine;
using PerfTests.Metrics.Traces;

namespace PerfTests.Commands;

/// <summary>Writes a synthetic KV-cache trace, as the one that ships with the tests was written.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The file to write" };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same trace", DefaultValueFactory = _ => TraceGenerator.ShippedSeed };
        var requests = new Option<int>("--requests") { Description = "How many requests", DefaultValueFactory = _ => TraceGenerator.ShippedRequestCount };
        requests.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000_000)
            {
                result.AddError("--requests takes a number from 1 to 10,000,000");
            }
        });
        var command = new Command("trace", "Write a synthetic KV-cache trace (JSON lines)") { file, seed, requests };
        command.SetAction(parsed =>
        {
            var trace = TraceGenerator.Generate(parsed.GetValue(seed), parsed.GetValue(requests));
            File.WriteAllLines(parsed.GetRequiredValue(file).FullName, trace.Select(TraceFile.Format));
        });
        return command;
    }
}
