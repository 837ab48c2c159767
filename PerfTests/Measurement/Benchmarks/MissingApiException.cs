using System.Reflection;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>The libraries of one side do not have what a benchmark calls: for that side the metric is new.</summary>
/// <param name="side">The side.</param>
/// <param name="innerException">What is missing.</param>
internal sealed class MissingApiException(string side, Exception innerException)
    : Exception($"The libraries of the side \"{side}\" do not have what the benchmark calls: {innerException.Message}", innerException)
{
    public string Side => side;

    /// <summary>What the runtime throws where a library lacks a member, a type or an assembly, or keeps it to itself.</summary>
    public static bool IsCause(Exception e) => e switch
    {
        DllNotFoundException or EntryPointNotFoundException => false,
        MissingMemberException or MemberAccessException or TypeLoadException => true,
        FileNotFoundException { FileName: { } name } => name.Contains("Shm.", StringComparison.Ordinal),
        TargetInvocationException { InnerException: { } inner } => IsCause(inner),
        _ => false,
    };
}
