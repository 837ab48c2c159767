using System.Globalization;
using System.Text.Json;

namespace PerfTests.Metrics.Traces;

/// <summary>Reads and writes traces: one JSON object a line.</summary>
public static class TraceFile
{
    /// <summary>The environment variable that names another trace than the one that ships with the tests.</summary>
    public const string EnvironmentVariable = "PERF_TRACE";

    private const string ShippedFileName = "small_trace.jsonl";

    private static readonly JsonSerializerOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>The trace that ships with the tests, made by <see cref="TraceGenerator"/>.</summary>
    public static string ShippedPath => Path.Combine(
        Path.GetDirectoryName(typeof(TraceFile).Assembly.Location)!, "Metrics", "Traces", ShippedFileName);

    /// <summary>The file that <c>PERF_TRACE</c> names, or the one that ships with the tests.</summary>
    /// <exception cref="InvalidDataException"><c>PERF_TRACE</c> names no file.</exception>
    public static string Locate()
    {
        var named = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrEmpty(named))
        {
            return ShippedPath;
        }

        var path = ProjectRoot.Resolve(named);
        return File.Exists(path)
            ? path
            : throw new InvalidDataException(
                $"{EnvironmentVariable} is \"{named}\", but there is no such file. "
                + "Give the path of a KV-cache trace (JSON lines), or unset the variable to use the small trace that ships with the tests.");
    }

    /// <summary>Reads a whole trace.</summary>
    /// <exception cref="InvalidDataException">A line is not a request; the message names the file and the line.</exception>
    public static IReadOnlyList<TraceRequest> Read(string path)
    {
        var requests = new List<TraceRequest>();
        var lineNumber = 0;
        foreach (var line in File.ReadLines(path))
        {
            lineNumber++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                requests.Add(Parse(path, lineNumber, line));
            }
        }

        return requests.Exists(request => request.HashIds.Length > 0)
            ? requests
            : throw new InvalidDataException($"The trace {path} refers to no block, so there is nothing to replay.");
    }

    /// <summary>The line of a request, in the spelling of the published traces.</summary>
    public static string Format(TraceRequest request) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"timestamp": {{request.Timestamp}}, "input_length": {{request.InputLength}}, "output_length": {{request.OutputLength}}, "hash_ids": [{{string.Join(", ", request.HashIds)}}]}""");

    private static TraceRequest Parse(string path, int lineNumber, string line)
    {
        TraceRequest? request;
        try
        {
            request = JsonSerializer.Deserialize<TraceRequest>(line, Options);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path}, line {lineNumber}: not a request of a KV-cache trace (timestamp, input_length, output_length, hash_ids): {e.Message}", e);
        }

        return request is { HashIds: not null } && Array.TrueForAll(request.HashIds, id => id >= 0)
            ? request
            : throw new InvalidDataException($"{path}, line {lineNumber}: hash_ids must be a list of numbers from 0.");
    }
}
