using PerfTests.Metrics;
using PerfTests.Planting.Operations;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Operations that a row calls.</summary>
/// <param name="Row">The row.</param>
/// <param name="Nanoseconds">Time of one operation of the row, in nanoseconds.</param>
/// <param name="Uses">Calls of the libraries' operations.</param>
internal sealed record RowProfile(MetricRow Row, double Nanoseconds, IReadOnlyDictionary<Operation, OperationUse> Uses)
{
    /// <summary>Returns by how many percent the row slows down if each call of an operation takes longer.</summary>
    /// <param name="operation">Operation that is slowed down.</param>
    /// <param name="nanosecondsPerCall">Additional time of each call, in nanoseconds.</param>
    public double PercentOf(Operation operation, double nanosecondsPerCall) =>
        Uses.TryGetValue(operation, out var use) ? 100 * use.CallsPerOperation * nanosecondsPerCall / Nanoseconds : 0;

    /// <summary>
    /// Returns the additional time per call that slows the row down by a percentage, in nanoseconds; infinite if the row does not
    /// call the operation.
    /// </summary>
    public double NanosecondsFor(Operation operation, double percent) =>
        Uses.TryGetValue(operation, out var use) ? Nanoseconds * percent / 100 / use.CallsPerOperation : double.PositiveInfinity;
}

/// <summary>Calls of one operation by one row.</summary>
/// <param name="CallsPerOperation">Number of calls in one operation of the row.</param>
/// <param name="NanosecondsPerCall">Mean time of a call, with the operations that it calls, in nanoseconds.</param>
internal sealed record OperationUse(double CallsPerOperation, double NanosecondsPerCall);
