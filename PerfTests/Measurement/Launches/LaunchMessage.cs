using System.Text.Json;
using System.Text.Json.Serialization;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;

namespace PerfTests.Measurement.Launches;

/// <summary>
/// Messages between a run and its fresh processes: for each plan, the request and the response are one line of JSON each.
/// </summary>
internal static class LaunchMessage
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Response of a fresh process.</summary>
    /// <param name="Result">Samples, or null if the measurement failed.</param>
    /// <param name="Error">Reason of the failure, or null.</param>
    /// <param name="UnusableSide">Side whose libraries cannot run the benchmark, or null.</param>
    /// <param name="Number">Number of the request that is answered.</param>
    /// <param name="Report">BenchmarkDotNet's report, if the request asked for it.</param>
    /// <param name="LacksApi">True if the libraries of <c>UnusableSide</c> lack an API that the benchmark calls.</param>
    /// <param name="Shortage">Resource that measuring the plan needs and the machine lacks, or null.</param>
    public sealed record Response(
        SamplingResult? Result,
        string? Error,
        string? UnusableSide = null,
        int Number = 0,
        BenchmarkReport? Report = null,
        bool LacksApi = false,
        string? Shortage = null);

    /// <summary>Request to measure a plan.</summary>
    /// <param name="Number">Number that the response repeats, so that responses cannot be mixed up.</param>
    /// <param name="Plan">Plan to measure.</param>
    /// <param name="WantsReport">True if the response must contain BenchmarkDotNet's report.</param>
    public sealed record Request(int Number, MeasurementPlan Plan, bool WantsReport = false);

    public static string Write(Request request) => JsonSerializer.Serialize(request, s_options);

    public static string Write(Response response) => JsonSerializer.Serialize(response, s_options);

    public static Request ReadRequest(string line) => JsonSerializer.Deserialize<Request>(line, s_options)!;

    public static Response ReadResponse(string line) => JsonSerializer.Deserialize<Response>(line, s_options)!;
}
