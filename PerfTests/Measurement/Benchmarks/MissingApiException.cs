using System.Reflection;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>The libraries of one side lack an API that a benchmark calls. If this side is the baseline, the metric is new.</summary>
/// <param name="side">Name of the side.</param>
/// <param name="innerException">Exception that names the missing type or member.</param>
internal sealed class MissingApiException(string side, Exception innerException)
    : Exception($"The libraries of side \"{side}\" lack an API that this benchmark calls: {innerException.Message}", innerException)
{
    /// <summary>Gets the name of the side.</summary>
    public string Side => side;

    /// <summary>
    /// Tells whether an exception means that a member, a type or an assembly of the libraries does not exist or is not public.
    /// </summary>
    public static bool IsCause(Exception e) => e switch
    {
        DllNotFoundException or EntryPointNotFoundException => false,
        MissingMemberException or MemberAccessException or TypeLoadException => true,
        FileNotFoundException { FileName: { } name } => name.Contains("Shm.", StringComparison.Ordinal),
        TargetInvocationException { InnerException: { } inner } => IsCause(inner),
        _ => false,
    };
}
