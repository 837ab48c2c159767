using System.Text.Json.Nodes;
using PerfTests.Results;
using PerfTests.Statistics;

namespace PerfTests.Reporting.Interchange;

/// <summary>Writes a row as a benchmark in the shape of BenchmarkDotNet's full JSON.</summary>
internal static class BenchmarkDotNetEntry
{
    public static JsonObject Of(MetricResult row)
    {
        var test = TestIdentity.Of(row);
        var times = Times(row);
        return new JsonObject
        {
            ["DisplayInfo"] = test.DisplayName,
            ["Namespace"] = test.ClassName[..Math.Max(test.ClassName.LastIndexOf('.'), 0)],
            ["Type"] = test.ClassName.Split('.')[^1],
            ["Method"] = test.MethodName,
            ["MethodTitle"] = row.Title ?? test.MethodName,
            ["Parameters"] = string.Join(
                '&', test.Arguments.Select(argument => FormattableString.Invariant($"{argument.Key}={argument.Value}"))),
            ["FullName"] = row.Name,
            ["Statistics"] = StatisticsOf(times),
            ["Memory"] = new JsonObject
            {
                ["Gen0Collections"] = 0,
                ["Gen1Collections"] = 0,
                ["Gen2Collections"] = 0,
                ["TotalOperations"] = times.Length,
                ["BytesAllocatedPerOperation"] = Math.Round(row.Launches![0].ManagedBytesPerOperation),
            },
            ["Measurements"] = new JsonArray([.. times.Select((time, index) => Measurement(time, index + 1))]),
        };
    }

    /// <summary>
    /// Returns the samples of the fastest layout copy. Its median is the value that the suite judges, and pooled samples of several
    /// copies would show how the copies differ. The samples are scaled to the published value, so that a change of the machine's speed
    /// is not a difference.
    /// </summary>
    private static double[] Times(MetricResult row)
    {
        var launch = row.Launches!.MinBy(launch => launch.MinimumNanoseconds)!;
        var samples = launch.SampleNanoseconds.Where(copy => copy.Count > 0).MinBy(copy => Quartiles.Of(copy).Median)
            ?? [launch.MinimumNanoseconds];
        var published = PublishedValue.Of(row);
        var scale = MetricUnit.Find(row.Unit)?.Better == Direction.Higher ? row.Value / published : published / row.Value;
        return [.. samples.Select(sample => sample * scale)];
    }

    private static JsonObject StatisticsOf(double[] times)
    {
        var quartiles = Quartiles.Of(times);
        var mean = times.Average();
        var variance = times.Length > 1 ? times.Sum(time => (time - mean) * (time - mean)) / (times.Length - 1) : 0;
        return new JsonObject
        {
            ["OriginalValues"] = new JsonArray([.. times.Select(time => JsonValue.Create(time))]),
            ["N"] = times.Length,
            ["Min"] = times.Min(),
            ["Q1"] = quartiles.Lower,
            ["Median"] = quartiles.Median,
            ["Mean"] = mean,
            ["Q3"] = quartiles.Upper,
            ["Max"] = times.Max(),
            ["InterquartileRange"] = quartiles.Upper - quartiles.Lower,
            ["StandardError"] = Math.Sqrt(variance / times.Length),
            ["Variance"] = variance,
            ["StandardDeviation"] = Math.Sqrt(variance),
        };
    }

    private static JsonObject Measurement(double nanoseconds, int index) => new()
    {
        ["IterationMode"] = "Workload",
        ["IterationStage"] = "Result",
        ["LaunchIndex"] = 1,
        ["IterationIndex"] = index,
        ["Operations"] = 1,
        ["Nanoseconds"] = nanoseconds,
    };
}
