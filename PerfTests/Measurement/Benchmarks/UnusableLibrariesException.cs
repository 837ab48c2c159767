using System.Reflection;
using PerfTests.Machine;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// The libraries of one side cannot run a benchmark. If this side is the baseline, the benchmark is new, or the candidate fixes a fault
/// that makes the benchmark throw.
/// </summary>
/// <param name="side">Name of the side.</param>
/// <param name="reason">Reason that follows the name of the version in a message, such as <c>fails in this benchmark (…)</c>.</param>
/// <param name="lacksApi">True if the libraries lack an API; false if the benchmark throws.</param>
/// <param name="innerException">Exception that the benchmark threw, if it is known.</param>
internal sealed class UnusableLibrariesException(string side, string reason, bool lacksApi, Exception? innerException = null)
    : Exception($"The version of side \"{side}\" {reason}", innerException)
{
    /// <summary>Gets the name of the side.</summary>
    public string Side => side;

    /// <summary>Gets the reason, such as <c>lacks an API that this benchmark calls (Method not found: …)</c>.</summary>
    public string Reason => reason;

    /// <summary>
    /// True if the libraries lack an API that the benchmark calls. They cannot have run the present benchmark then, so the candidate's
    /// value may be stored as the first one. If the benchmark throws instead, they may have run it before.
    /// </summary>
    public bool LacksApi => lacksApi;

    /// <summary>True if the side is the baseline or the A/A control, so that the candidate can still be measured alone.</summary>
    public bool IsOfBaseline => IsBaseline(side);

    /// <summary>Returns the exception to throw if a failure means that the libraries of a side cannot run a benchmark.</summary>
    /// <param name="failure">Exception that the benchmark threw when it was set up or called for the first time.</param>
    /// <param name="side">Name of the side.</param>
    /// <returns>
    /// The exception to throw if the libraries lack an API, or if the baseline fails. Null if the machine lacks a resource, or if the
    /// candidate fails, because such a failure is a fault of the candidate.
    /// </returns>
    public static UnusableLibrariesException? FindIn(Exception failure, string side)
    {
        var root = Root(failure);
        return IsMissingApi(root)
            ? new(side, $"lacks an API that this benchmark calls ({root.Message})", lacksApi: true, failure)
            : IsBaseline(side) && CannotMeasureHereException.FindIn(failure) is null
            ? new(side, $"fails in this benchmark ({root.GetType().Name}: {root.Message})", lacksApi: false, failure)
            : null;
    }

    private static bool IsBaseline(string side) => side is MeasurementPlan.BaselineSide or MeasurementPlan.ControlSide;

    /// <summary>
    /// Tells whether an exception means that a member, a type or an assembly of the libraries does not exist or is not public.
    /// </summary>
    private static bool IsMissingApi(Exception root) => root switch
    {
        DllNotFoundException or EntryPointNotFoundException => false,
        MissingMemberException or MemberAccessException or TypeLoadException => true,
        FileNotFoundException { FileName: { } name } => name.Contains("Shm.", StringComparison.Ordinal),
        _ => false,
    };

    private static Exception Root(Exception failure) =>
        failure is TargetInvocationException { InnerException: { } inner } ? Root(inner) : failure;
}
