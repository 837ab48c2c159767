using System.Text.Json;
using System.Text.Json.Serialization;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Launches;

/// <summary>What a run and its fresh processes say to each other: a line of JSON each way for every plan.</summary>
internal static class LaunchMessage
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>What a fresh process answers.</summary>
    /// <param name="Result">What was measured, or null.</param>
    /// <param name="Error">Why nothing was measured, or null.</param>
    /// <param name="SideWithoutApi">The side that has not what the benchmark calls, or null.</param>
    /// <param name="Number">The number of the question.</param>
    /// <param name="Report">BenchmarkDotNet's report, if it was wanted.</param>
    /// <param name="Lack">What the machine lacks to measure the plan, or null.</param>
    public sealed record Response(
        SamplingResult? Result, string? Error, string? SideWithoutApi = null, int Number = 0, BenchmarkReport? Report = null, string? Lack = null);

    /// <summary>A plan with a number, so that an answer is never taken for that to another.</summary>
    /// <param name="Number">The number.</param>
    /// <param name="Plan">What to measure.</param>
    /// <param name="WantsReport">True if BenchmarkDotNet's report is to come with the answer.</param>
    public sealed record Request(int Number, MeasurementPlan Plan, bool WantsReport = false);

    public static string Write(Request question) => JsonSerializer.Serialize(question, s_options);

    public static string Write(Response answer) => JsonSerializer.Serialize(answer, s_options);

    public static Request ReadRequest(string line) => JsonSerializer.Deserialize<Request>(line, s_options)!;

    public static Response ReadResponse(string line) => JsonSerializer.Deserialize<Response>(line, s_options)!;
}
