using System.Reflection;
using PerfTests.Machine;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// The libraries of one side cannot run a benchmark. If this side is the baseline, the benchmark is new, or the candidate mends what
/// the benchmark needs.
/// </summary>
/// <param name="side">Name of the side.</param>
/// <param name="reason">Reason, as the predicate of a sentence about a version of the libraries.</param>
/// <param name="innerException">Exception that the benchmark threw, if it is known.</param>
internal sealed class UnusableLibrariesException(string side, string reason, Exception? innerException = null)
    : Exception($"The version of side \"{side}\" {reason}", innerException)
{
    /// <summary>Gets the name of the side.</summary>
    public string Side => side;

    /// <summary>Gets the reason, such as <c>lacks an API that this benchmark calls (Method not found: …)</c>.</summary>
    public string Reason => reason;

    /// <summary>True if the baseline or the A/A control is at fault, so that the candidate can still be measured alone.</summary>
    public bool IsOfBaseline => IsBaseline(side);

    /// <summary>Finds the reason why the libraries of a side cannot run a benchmark.</summary>
    /// <param name="failure">Exception that the benchmark threw when it was set up or called for the first time.</param>
    /// <param name="side">Name of the side.</param>
    /// <returns>
    /// The reason if the libraries lack an API, or if the baseline fails. Null if the machine lacks a resource, or if the candidate
    /// fails, because such a failure is a fault of the candidate.
    /// </returns>
    public static string? FindReason(Exception failure, string side) =>
        IsMissingApi(failure) ? $"lacks an API that this benchmark calls ({Root(failure).Message})"
        : IsBaseline(side) && CannotMeasureHereException.FindIn(failure) is null ? $"fails in this benchmark ({Root(failure).Message})"
        : null;

    private static bool IsBaseline(string side) => side is MeasurementPlan.BaselineSide or MeasurementPlan.ControlSide;

    /// <summary>
    /// Tells whether an exception means that a member, a type or an assembly of the libraries does not exist or is not public.
    /// </summary>
    private static bool IsMissingApi(Exception failure) => Root(failure) switch
    {
        DllNotFoundException or EntryPointNotFoundException => false,
        MissingMemberException or MemberAccessException or TypeLoadException => true,
        FileNotFoundException { FileName: { } name } => name.Contains("Shm.", StringComparison.Ordinal),
        _ => false,
    };

    private static Exception Root(Exception failure) =>
        failure is TargetInvocationException { InnerException: { } inner } ? Root(inner) : failure;
}
