using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Part of an operation that consists of several steps.</summary>
/// <param name="Operation">Title of the operation.</param>
/// <param name="Part">Name of the part.</param>
/// <param name="Order">Position of the part in the operation; the first part has 0.</param>
/// <param name="Nanoseconds">Time that the part takes in one operation.</param>
public sealed record OperationPart(
    [property: JsonRequired] string Operation,
    [property: JsonRequired] string Part,
    [property: JsonRequired] int Order,
    [property: JsonRequired] double Nanoseconds);
