using PerfTests.Files;

namespace PerfTests.Metrics.Traces;

/// <summary>Reads and writes traces, with one JSON object per line.</summary>
public static class TraceFile
{
    /// <summary>Environment variable that names a trace to replay instead of the one that ships with the tests.</summary>
    public const string EnvironmentVariable = "PERF_TRACE";

    private const string ShippedFileName = "small_trace.jsonl";

    /// <summary>Path of the trace that ships with the tests. <see cref="TraceGenerator"/> made this trace.</summary>
    public static string ShippedPath => Path.Combine(
        Path.GetDirectoryName(typeof(TraceFile).Assembly.Location)!, "Metrics", "Traces", ShippedFileName);

    /// <summary>Returns the path of the trace that <c>PERF_TRACE</c> names, or of the one that ships with the tests.</summary>
    /// <exception cref="InvalidDataException"><c>PERF_TRACE</c> names a file that does not exist.</exception>
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
                + "Give the path of a KV-cache trace (JSON lines), "
                + "or unset the variable to use the small trace that ships with the tests.");
    }

    /// <summary>
    /// Reads a whole trace, and sorts its requests by timestamp. A request without a timestamp stays behind the line before it.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// A line is not a valid request, or no request refers to a block. The message names the file and the invalid line.
    /// </exception>
    public static IReadOnlyList<TraceRequest> Read(string path)
    {
        var parser = new TraceParser();
        var requests = new List<(double Time, TraceRequest Request)>();
        var (lineNumber, time) = (0, double.NegativeInfinity);
        foreach (var line in File.ReadLines(path))
        {
            lineNumber++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                var request = Parse(parser, path, lineNumber, line);
                time = request.Timestamp ?? time;
                requests.Add((time, request));
            }
        }

        return requests.Exists(one => one.Request.HashIds.Length > 0)
            ? [.. requests.OrderBy(one => one.Time).Select(one => one.Request)]
            : throw new InvalidDataException(
                $"Cannot replay trace '{path}': it refers to no block. Give a trace whose lines have hash_ids.");
    }

    /// <summary>Formats a request as a line, with the blanks and the order of keys of the published traces.</summary>
    public static string Format(TraceRequest request)
    {
        var timestamp = request.Timestamp is { } time ? FormattableString.Invariant($"\"timestamp\": {time}, ") : string.Empty;
        var ids = $"\"hash_ids\": [{string.Join(", ", request.HashIds)}]";
        return FormattableString.Invariant(
            $$"""{{{timestamp}}"input_length": {{request.InputLength}}, "output_length": {{request.OutputLength}}, {{ids}}}""");
    }

    private static TraceRequest Parse(TraceParser parser, string path, int lineNumber, string line)
    {
        try
        {
            return parser.Parse(line);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException(
                $"Cannot read trace '{path}', line {lineNumber}: not a request ({e.Message}). "
                + "Each line must be a JSON object with input_length and output_length; hash_ids and timestamp are optional.",
                e);
        }
    }
}
