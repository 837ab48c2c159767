using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Time of one operation of the arena at one size.</summary>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Axis">Quantity that grows.</param>
/// <param name="Size">Size at which the operation was timed.</param>
/// <param name="Nanoseconds">Time of one operation.</param>
internal sealed record GrowthRow(string Operation, string Axis, int Size, Quartiles Nanoseconds);
